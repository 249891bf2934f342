// Which things somebody has to do in the form so that one manifest's settings become another's. For tests: what cannot be
// planned cannot be done in the form.
import type { ContainerRow, FlagField, FormEdit, FormState, ObjectForm, PodForm, PortRow, ServiceForm, ServicePortRow } from './form-state.ts';

/** @throws where the form shows different kinds of objects */
export function planEdits(from: FormState, to: FormState): readonly FormEdit[] {
  if (from.kind === 'pod' && to.kind === 'pod') return podEdits(from, to);
  if (from.kind === 'service' && to.kind === 'service') return serviceEdits(from, to);
  throw new Error(`the form cannot turn ${from.kind} into ${to.kind}`);
}

/** The same for one of several objects, with its labels. */
export function planObjectEdits(from: ObjectForm, to: ObjectForm): readonly FormEdit[] {
  const edits: FormEdit[] = [...planEdits(from.form, to.form)];
  if (from.replicas !== to.replicas) edits.push({ kind: 'replicas', value: to.replicas ?? '' });
  for (const { field: at, rows } of to.labels) {
    const had = from.labels.find(({ field }) => field === at)?.rows ?? [];
    for (let index = had.length - 1; index >= rows.length; index -= 1) edits.push({ kind: 'remove-label', at, index });
    for (let index = had.length; index < rows.length; index += 1) edits.push({ kind: 'add-label', at });
    rows.forEach(({ key, value }, index) => {
      if (had[index]?.key !== key) edits.push({ kind: 'label', at, index, field: 'key', value: key });
      if (had[index]?.value !== value) edits.push({ kind: 'label', at, index, field: 'value', value });
    });
  }
  return edits;
}

function podEdits(from: PodForm, to: PodForm): readonly FormEdit[] {
  const edits: FormEdit[] = [];
  if (from.name !== to.name) edits.push({ kind: 'name', value: to.name });
  for (const field of Object.keys(to.flags) as FlagField[]) {
    const value = to.flags[field];
    if (value === 'unreadable') throw new Error(`the form cannot write ${field}`);
    if (from.flags[field] !== value) edits.push({ kind: 'flag', field, value });
  }
  if (from.dnsPolicy !== to.dnsPolicy) edits.push({ kind: 'dns', value: to.dnsPolicy });
  const containers = more<Filled>(from.containers, to.containers.length, {
    fresh: added,
    add: { kind: 'add-container' },
    remove: (container) => ({ kind: 'remove-container', container }),
    edits,
  });
  to.containers.forEach((wanted, container) => {
    for (const field of ['name', 'image', 'command', 'args'] as const)
      if (containers[container]?.[field] !== wanted[field]) edits.push({ kind: 'container', container, field, value: wanted[field] });
    const ports = to.ports.filter((row) => row.container === container);
    const there = more<FilledPort>(
      from.ports.filter((row) => row.container === container),
      ports.length,
      {
        fresh: addedPort,
        add: { kind: 'add-port', container },
        remove: (index) => ({ kind: 'remove-port', container, index }),
        edits,
      },
    );
    ports.forEach((row, index) => {
      for (const field of ['containerPort', 'hostPort', 'hostIP', 'protocol'] as const)
        if (there[index]?.[field] !== row[field]) edits.push({ kind: 'port', container, index, field, value: row[field] });
    });
  });
  return edits;
}

function serviceEdits(from: ServiceForm, to: ServiceForm): readonly FormEdit[] {
  const edits: FormEdit[] = [];
  if (from.name !== to.name) edits.push({ kind: 'name', value: to.name });
  if (from.type !== to.type) edits.push({ kind: 'service-type', value: to.type });
  const ports = more<Omit<ServicePortRow, 'index'>>(from.ports, to.ports.length, {
    fresh: { name: '', port: '8080', targetPort: '', nodePort: '', protocol: '' },
    add: { kind: 'add-service-port' },
    remove: (index) => ({ kind: 'remove-service-port', index }),
    edits,
  });
  to.ports.forEach((row, index) => {
    for (const field of ['name', 'port', 'targetPort', 'nodePort', 'protocol'] as const)
      if (ports[index]?.[field] !== row[field]) edits.push({ kind: 'service-port', index, field, value: row[field] });
  });
  return edits;
}

/** What a new container and a new port are filled with. */
type Filled = Omit<ContainerRow, 'index'>;
type FilledPort = Omit<PortRow, 'container' | 'index'>;
const added: Filled = {
  name: '',
  image: 'alpine',
  command: '/bin/sleep 999999',
  args: '',
};
const addedPort: FilledPort = {
  containerPort: '8080',
  hostPort: '',
  hostIP: '',
  protocol: '',
};

interface Buttons {
  readonly add: FormEdit;
  readonly remove: (index: number) => FormEdit;
  readonly edits: FormEdit[];
}

/** Presses the buttons until there are `count` rows; those that remain are to be filled in. */
function more<T>(rows: readonly T[], count: number, { add, remove, edits, fresh }: Buttons & { readonly fresh: T }): readonly T[] {
  const there = [...rows];
  while (there.length < count) {
    edits.push(add);
    there.push(fresh);
  }
  while (there.length > count) {
    there.pop();
    edits.push(remove(there.length));
  }
  return there;
}
