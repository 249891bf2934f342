// The taught settings as switches and fields, and one plain sentence about the Pod. Complete enough to do every
// exercise without the text. Knows no YAML: it hands over what was done, and to which of the text's objects.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Verdict } from '../../lab/bench-contract.ts';
import type { FormModel } from './form-model.ts';
import { Choice } from './choice.tsx';
import { NumberField } from './number-field.tsx';
import { sentence } from './form-sentence.ts';
import type { FormProps } from './form-props.ts';
import type { FlagField, FormEdit, FormState, PodForm, PortRow } from './form-state.ts';

interface Props {
  readonly t: Translate;
  /** What the first frame shows; all else follows when the text can be read. */
  readonly first: FormState;
  readonly text: string;
  readonly verdict: Verdict | undefined;
  readonly model: FormModel | undefined;
  readonly onEdit: (edit: FormEdit, object: number) => void;
}

interface FieldsProps extends FormProps {
  readonly late: FormModel['lateFields'] | undefined;
}

const switches: readonly (readonly [FlagField, string])[] = [
  ['hostNetwork', 'net'],
  ['hostPID', 'pid'],
  ['hostIPC', 'ipc'],
  ['shareProcessNamespace', 'pid'],
];
const dnsPolicies = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];

export function ManifestForm({ t, first, text, verdict, model, onEdit }: Props): JSX.Element {
  const [wanted, setWanted] = useState(0);
  const shown = model?.formView({ text, wanted, findings: verdict?.findings });
  const late: FormModel['lateFields'] | undefined = model?.lateFields;
  const form = shown?.form ?? first;
  const object = shown?.object ?? 0;
  const fields = { t, onEdit: (edit: FormEdit) => onEdit(edit, object), wrong: (path: string) => shown?.wrong(path) === true, late };
  return (
    <section class="form" aria-labelledby="form-title">
      <h2 id="form-title" class="form-title">
        {t('form.title')}
      </h2>
      {late && shown && <late.WhichObject t={t} view={shown} onObject={setWanted} />}
      {form.kind === 'pod' && <PodFields key={object} {...fields} form={form} />}
      {late && shown?.it && <late.ObjectFields key={object} {...fields} form={form} it={shown.it} />}
    </section>
  );
}

function PodFields(props: FieldsProps & { readonly form: PodForm }): JSX.Element {
  const { t, form, onEdit, wrong, late } = props;
  return (
    <>
      {switches.map(([field, kind]) => (
        <label key={field} class={`switch ${kind}`}>
          <span>{field}</span>
          <input
            type="checkbox"
            role="switch"
            checked={form.flags[field] === true}
            aria-describedby={form.flags[field] === 'unreadable' ? 'form-unreadable' : undefined}
            aria-invalid={wrong(`${form.at}.${field}`) || undefined}
            onChange={(event) => {
              const on = event.currentTarget.checked;
              onEdit({ kind: 'flag', field, value: on ? true : undefined });
            }}
          />
        </label>
      ))}
      {late && <late.UsersSwitch {...props} form={form} />}
      {switches.some(([field]) => form.flags[field] === 'unreadable') && (
        <p id="form-unreadable" class="form-none">
          {t('form.unreadable')}
        </p>
      )}
      <p class="form-sentence">{sentence(t, form)}</p>
      {form.containers.map((container) => (
        <fieldset key={container.index} class="ports">
          <legend>{t('form.ports', { container: container.name || String(container.index + 1) })}</legend>
          {form.ports
            .filter((row) => row.container === container.index)
            .map((row) => (
              <Port key={row.index} {...props} form={form} row={row} />
            ))}
          <button type="button" class="plain" onClick={() => onEdit({ kind: 'add-port', container: container.index })}>
            {t('form.addPort')}
          </button>
        </fieldset>
      ))}
      <Choice t={t} name="dnsPolicy" value={form.dnsPolicy} all={dnsPolicies} onValue={(value) => onEdit({ kind: 'dns', value })} />
    </>
  );
}

function Port({ t, form, row, onEdit, wrong, late }: FieldsProps & { readonly form: PodForm; readonly row: PortRow }): JSX.Element {
  const { container, index } = row;
  const at = `${form.at}.containers[${container}].ports[${index}]`;
  const field = (name: 'containerPort' | 'hostPort'): JSX.Element => (
    <NumberField
      name={name}
      value={row[name]}
      wrong={wrong(`${at}.${name}`)}
      onValue={(value) => onEdit({ kind: 'port', container, index, field: name, value })}
    />
  );
  return (
    <div class="port">
      {field('containerPort')}
      {field('hostPort')}
      <label>
        <span>protocol</span>
        <select
          value={row.protocol}
          onChange={(event) => onEdit({ kind: 'port', container, index, field: 'protocol', value: event.currentTarget.value })}
        >
          <option value="">{t('form.unset')}</option>
          {[...new Set(['TCP', 'UDP', 'SCTP', row.protocol])].filter(Boolean).map((protocol) => (
            <option key={protocol}>{protocol}</option>
          ))}
        </select>
      </label>
      {late && <late.HostAddress row={row} wrong={wrong(`${at}.hostIP`)} onEdit={onEdit} />}
      <button
        type="button"
        class="plain"
        aria-label={t('form.removePort', { port: row.containerPort })}
        onClick={() => onEdit({ kind: 'remove-port', container, index })}
      >
        ×
      </button>
    </div>
  );
}
