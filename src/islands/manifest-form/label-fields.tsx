// Labels, the labels that an object selects by, and the number of its Pods: what joins Services and Deployments to Pods.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { FormProps } from './form-props.ts';
import type { LabelsGroup, ObjectForm } from './form-state.ts';
import { NumberField } from './number-field.tsx';
import { TextField } from './text-field.tsx';

type Props = FormProps & { readonly it: ObjectForm };

export function LabelFields(props: Props): JSX.Element {
  const { t, it, onEdit, wrong } = props;
  const selects = it.labels.some(({ field }) => field === 'selector');
  const title = it.replicas !== undefined ? t('form.labelsReplicas') : selects ? t('form.labelsSelector') : t('form.labels');
  return (
    <details class="form-more" aria-label={title} open={selects}>
      <summary>{title}</summary>
      {it.replicas !== undefined && (
        <div class="text-field">
          <NumberField name="replicas" value={it.replicas} wrong={wrong('spec.replicas')} onValue={(value) => onEdit({ kind: 'replicas', value })} />
        </div>
      )}
      {it.labels.map((group) => (
        <Labels key={group.field} {...props} group={group} />
      ))}
    </details>
  );
}

function Labels({ t, group, onEdit, wrong }: Props & { readonly group: LabelsGroup }): JSX.Element {
  const { field: at, rows } = group;
  const list = useRef<HTMLFieldSetElement>(null);
  const count = useRef(rows.length);
  // Whoever adds a label goes on to say which.
  useEffect(() => {
    const grew = rows.length > count.current;
    count.current = rows.length;
    if (grew && list.current?.contains(document.activeElement))
      list.current.querySelector<HTMLInputElement>('.label-row:last-of-type input')?.select();
  }, [rows.length]);
  const isWrong = wrong(group.at) || (at === 'selector' && wrong('spec.selector'));
  return (
    <fieldset ref={list} class="labels">
      <legend>{group.at}</legend>
      {rows.map(({ key, value }, index) => (
        <div key={index} class="label-row">
          <TextField
            quiet
            name={t('form.labelKey')}
            value={key}
            wrong={isWrong}
            onValue={(typed) => onEdit({ kind: 'label', at, index, field: 'key', value: typed })}
          />
          <TextField
            quiet
            name={t('form.labelValue', { key })}
            value={value}
            wrong={isWrong}
            onValue={(typed) => onEdit({ kind: 'label', at, index, field: 'value', value: typed })}
          />
          <button type="button" class="plain" aria-label={t('form.removeLabel', { key })} onClick={() => onEdit({ kind: 'remove-label', at, index })}>
            ×
          </button>
        </div>
      ))}
      <button type="button" class="plain" onClick={() => onEdit({ kind: 'add-label', at })}>
        {t('form.addLabel')}
      </button>
    </fieldset>
  );
}
