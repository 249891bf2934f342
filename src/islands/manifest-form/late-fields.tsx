// The form's fields beyond the settings that the lessons turn on: which object, names, images, commands, containers, Services.
// They come with the code that reads manifests.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import { Choice } from './choice.tsx';
import { joinWords, splitWords } from './command-words.ts';
import type { FormProps } from './form-props.ts';
import type { ContainerRow, FormEdit, ObjectForm, PodForm, PortRow, ServiceForm, ServicePortRow } from './form-state.ts';
import type { FormView } from './form-view.ts';
import { keepFocus } from './keep-focus.ts';
import { LabelFields } from './label-fields.tsx';
import { NumberField } from './number-field.tsx';
import { serviceSentence } from './service-sentence.ts';
import { TextField } from './text-field.tsx';
import './late-fields.lazy.css';

const serviceTypes = ['ClusterIP', 'NodePort', 'LoadBalancer'];
const protocols = ['TCP', 'UDP', 'SCTP'];
const commandMeaning = (typed: string): string => joinWords(splitWords(typed));

type PodProps = FormProps & { readonly form: PodForm };
type ObjectProps = FormProps & { readonly it: ObjectForm };
type ServiceProps = ObjectProps & { readonly form: ServiceForm };

interface WhichProps {
  readonly t: Translate;
  readonly view: FormView;
  readonly onObject: (object: number) => void;
}

/** Which of the text's objects the form is about, or why it is about none. */
export function WhichObject({ t, view, onObject }: WhichProps): JSX.Element {
  const { form, titles, object } = view;
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => keepFocus(root.current?.closest<HTMLElement>('.form') ?? undefined), []);
  return (
    <div ref={root}>
      {titles.length > 1 && (
        <label class="choice which">
          <span>{t('form.object', { count: titles.length })}</span>
          <select value={object} onChange={(event) => onObject(Number(event.currentTarget.value))}>
            {titles.map((title, index) => (
              <option key={index} value={index}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {form.kind === 'none' && <p class="form-none">{t('form.none')}</p>}
      {form.kind === 'paused' && (
        <p class="form-none" role="status">
          {t('form.paused', { line: form.line })}
        </p>
      )}
    </div>
  );
}

/** What stands below the settings: the rest of a Pod or all of a Service, and the labels of either. */
export function ObjectFields(props: ObjectProps): JSX.Element {
  const { form } = props.it;
  return (
    <>
      {form.kind === 'pod' ? <ContainerFields {...props} form={form} /> : <ServiceFields {...props} form={form} />}
      <LabelFields {...props} />
    </>
  );
}

export function UsersSwitch({ form, onEdit, wrong }: PodProps): JSX.Element {
  return (
    <label class="switch">
      <span>hostUsers</span>
      <input
        type="checkbox"
        role="switch"
        checked={form.flags.hostUsers !== false}
        aria-invalid={wrong(`${form.at}.hostUsers`) || undefined}
        onChange={(event) => onEdit({ kind: 'flag', field: 'hostUsers', value: event.currentTarget.checked ? undefined : false })}
      />
    </label>
  );
}

export function HostAddress({
  row,
  wrong,
  onEdit,
}: {
  readonly row: PortRow;
  readonly wrong: boolean;
  readonly onEdit: FormProps['onEdit'];
}): JSX.Element {
  const { container, index } = row;
  return (
    <TextField
      name="hostIP"
      value={row.hostIP}
      wrong={wrong}
      onValue={(value) => onEdit({ kind: 'port', container, index, field: 'hostIP', value })}
    />
  );
}

function ContainerFields(props: PodProps): JSX.Element {
  const { t, form, onEdit, wrong } = props;
  const section = useRef<HTMLDetailsElement>(null);
  const count = useRef(form.containers.length);
  // Whoever adds a container wants to name it.
  useEffect(() => {
    const more = form.containers.length - count.current;
    count.current = form.containers.length;
    if (more === 0 || !section.current?.contains(document.activeElement)) return;
    if (more > 0) section.current.querySelector<HTMLInputElement>('fieldset:last-of-type input')?.focus();
  }, [form.containers.length]);
  return (
    <details ref={section} class="form-more" aria-label={t('form.more')}>
      <summary>{t('form.more')}</summary>
      <TextField name="metadata.name" value={form.name} wrong={wrong('metadata.name')} onValue={(value) => onEdit({ kind: 'name', value })} />
      {form.containers.map((row) => (
        <Container key={row.index} {...props} row={row} />
      ))}
      <button type="button" class="plain" onClick={() => onEdit({ kind: 'add-container' })}>
        {t('form.addContainer')}
      </button>
    </details>
  );
}

function Container({ t, form, row, onEdit, wrong }: PodProps & { readonly row: ContainerRow }): JSX.Element {
  const name = row.name || String(row.index + 1);
  const at = `${form.at}.containers[${row.index}]`;
  const field = (
    key: 'name' | 'image' | 'command' | 'args',
    more: { readonly help?: string; readonly meaning?: (typed: string) => string } = {},
  ): JSX.Element => (
    <TextField
      name={key}
      value={row[key]}
      wrong={wrong(`${at}.${key}`)}
      {...more}
      onValue={(value) => onEdit({ kind: 'container', container: row.index, field: key, value })}
    />
  );
  return (
    <fieldset class="container-fields">
      <legend>{t('form.container', { container: name })}</legend>
      {field('name')}
      {field('image')}
      {field('command', { meaning: commandMeaning, help: t('form.commandHelp') })}
      {field('args', { meaning: commandMeaning })}
      {form.containers.length > 1 && (
        <button type="button" class="plain" onClick={() => onEdit({ kind: 'remove-container', container: row.index })}>
          {t('form.removeContainer', { container: name })}
        </button>
      )}
    </fieldset>
  );
}

function ServiceFields({ t, form, it, onEdit, wrong }: ServiceProps): JSX.Element {
  return (
    <>
      <TextField name="metadata.name" value={form.name} wrong={wrong('metadata.name')} onValue={(value) => onEdit({ kind: 'name', value })} />
      <Choice t={t} name="type" value={form.type} all={serviceTypes} onValue={(value) => onEdit({ kind: 'service-type', value })} />
      <p class="form-sentence">{serviceSentence(t, it)}</p>
      <fieldset class="ports">
        <legend>ports</legend>
        {form.ports.map((row) => (
          <ServicePort key={row.index} row={row} t={t} onEdit={onEdit} wrong={wrong} />
        ))}
        <button type="button" class="plain" onClick={() => onEdit({ kind: 'add-service-port' })}>
          {t('form.addPort')}
        </button>
      </fieldset>
    </>
  );
}

function ServicePort({ row, t, onEdit, wrong }: Pick<FormProps, 't' | 'onEdit' | 'wrong'> & { readonly row: ServicePortRow }): JSX.Element {
  const { index } = row;
  const edit = (field: Extract<FormEdit, { kind: 'service-port' }>['field']) => (value: string) =>
    onEdit({ kind: 'service-port', index, field, value });
  const isWrong = (field: string): boolean => wrong(`spec.ports[${index}].${field}`);
  return (
    <div class="port of-service">
      {(['port', 'targetPort', 'nodePort'] as const).map((field) => (
        <NumberField key={field} name={field} value={row[field]} wrong={isWrong(field)} onValue={edit(field)} />
      ))}
      <Choice t={t} name="protocol" value={row.protocol} all={protocols} onValue={edit('protocol')} />
      <TextField name="name" value={row.name} wrong={isWrong('name')} onValue={edit('name')} />
      <button
        type="button"
        class="plain"
        aria-label={t('form.removePort', { port: row.port })}
        onClick={() => onEdit({ kind: 'remove-service-port', index })}
      >
        ×
      </button>
    </div>
  );
}
