// What the form can do once the bench is at work, in one chunk: reading manifests, writing into them, and all its fields.
import { editManifest } from './edit-manifest.ts';
import { formView } from './form-view.ts';
import { HostAddress, ObjectFields, UsersSwitch, WhichObject } from './late-fields.tsx';

const lateFields = { HostAddress, ObjectFields, UsersSwitch, WhichObject } as const;
export const formModel = { formView, editManifest, lateFields } as const;
export type FormModel = typeof formModel;
