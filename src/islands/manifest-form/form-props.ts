// What every part of the form is handed.
import type { Translate } from '../../i18n/create-translate.ts';
import type { FormEdit, FormState } from './form-state.ts';

export interface FormProps {
  readonly t: Translate;
  readonly form: FormState;
  readonly onEdit: (edit: FormEdit) => void;
  /** Whether the API server objects to the field of this path, such as `spec.containers[0].ports[0].hostPort`. */
  readonly wrong: (path: string) => boolean;
}
