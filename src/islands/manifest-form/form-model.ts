// What the form can do once the bench is at work, in one chunk: reading manifests, writing into them, and all its fields.
import { editManifest } from '../manifest-form/edit-manifest.ts';
import * as lateFields from '../manifest-form/late-fields.tsx';
import { readForm } from '../manifest-form/read-form.ts';

export const formModel = { readForm, editManifest, lateFields } as const;
export type FormModel = typeof formModel;
