// The taught settings as switches and fields, and one plain sentence about the Pod. Complete enough to do every
// exercise without the text. Knows no YAML: it hands over what was done.
import type { JSX } from 'preact';
import type { Translate } from '../../i18n/create-translate.ts';
import { NumberField } from './number-field.tsx';
import { sentence } from './form-sentence.ts';
import type { FlagField, FormEdit, FormState, PodForm, PortRow, ServiceForm } from './form-state.ts';

interface Props {
  readonly t: Translate;
  readonly form: FormState;
  readonly onEdit: (edit: FormEdit) => void;
  /** The first frame has the switches of the lessons alone; the rest follows when the text can be read. */
  readonly whole: boolean;
}

const switches: readonly (readonly [FlagField, string])[] = [
  ['hostNetwork', 'net'],
  ['hostPID', 'pid'],
  ['hostIPC', 'ipc'],
  ['shareProcessNamespace', 'pid'],
];
const dnsPolicies = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];
const serviceTypes = ['ClusterIP', 'NodePort', 'LoadBalancer'];

export function ManifestForm({ t, form, onEdit, whole }: Props): JSX.Element {
  return (
    <section class="form" aria-labelledby="form-title">
      <h2 id="form-title" class="form-title">
        {t('form.title')}
      </h2>
      {form.kind === 'none' && <p class="form-none">{t('form.none')}</p>}
      {form.kind === 'paused' && (
        <p class="form-none" role="status">
          {t('form.paused', { line: form.line })}
        </p>
      )}
      {form.kind === 'pod' && <PodFields t={t} form={form} onEdit={onEdit} whole={whole} />}
      {form.kind === 'service' && <ServiceFields t={t} form={form} onEdit={onEdit} />}
    </section>
  );
}

function PodFields({ t, form, onEdit, whole }: Props & { readonly form: PodForm }): JSX.Element {
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
            onChange={(event) => {
              const on = event.currentTarget.checked;
              onEdit({ kind: 'flag', field, value: on ? true : undefined });
            }}
          />
        </label>
      ))}
      {whole && (
        <label class="switch">
          <span>hostUsers</span>
          <input
            type="checkbox"
            role="switch"
            checked={form.flags.hostUsers !== false}
            onChange={(event) => onEdit({ kind: 'flag', field: 'hostUsers', value: event.currentTarget.checked ? undefined : false })}
          />
        </label>
      )}
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
              <Port key={row.index} t={t} row={row} onEdit={onEdit} />
            ))}
          <button type="button" class="plain" onClick={() => onEdit({ kind: 'add-port', container: container.index })}>
            {t('form.addPort')}
          </button>
        </fieldset>
      ))}
      <label class="choice">
        <span>dnsPolicy</span>
        <select value={form.dnsPolicy} onChange={(event) => onEdit({ kind: 'dns', value: event.currentTarget.value })}>
          <option value="">{t('form.unset')}</option>
          {[...new Set([...dnsPolicies, form.dnsPolicy])].filter(Boolean).map((policy) => (
            <option key={policy}>{policy}</option>
          ))}
        </select>
      </label>
    </>
  );
}

function Port({ t, row, onEdit }: { t: Translate; row: PortRow; onEdit: Props['onEdit'] }): JSX.Element {
  const { container, index } = row;
  const field = (name: 'containerPort' | 'hostPort'): JSX.Element => (
    <NumberField name={name} value={row[name]} onValue={(value) => onEdit({ kind: 'port', container, index, field: name, value })} />
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

function ServiceFields({ t, form, onEdit }: Omit<Props, 'whole'> & { readonly form: ServiceForm }): JSX.Element {
  return (
    <>
      <label class="choice">
        <span>type</span>
        <select value={form.type} onChange={(event) => onEdit({ kind: 'service-type', value: event.currentTarget.value })}>
          <option value="">{t('form.unset')}</option>
          {[...new Set([...serviceTypes, form.type])].filter(Boolean).map((type) => (
            <option key={type}>{type}</option>
          ))}
        </select>
      </label>
      {form.ports.map((row) => (
        <div key={row.index} class="port">
          {(['port', 'targetPort', 'nodePort'] as const).map((field) => (
            <NumberField
              key={field}
              name={field}
              value={row[field]}
              onValue={(value) => onEdit({ kind: 'service-port', index: row.index, field, value })}
            />
          ))}
        </div>
      ))}
    </>
  );
}
