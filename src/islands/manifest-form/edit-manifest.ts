// Writes what was done in the form into the manifest's text. Knows where settings belong; yaml-text.ts knows how they are
// written, and the verdict what they mean.
import { isMap, isSeq } from 'yaml';
import { splitWords } from './command-words.ts';
import { findSpec } from './find-spec.ts';
import type { Path, SpecPlace } from './find-spec.ts';
import type { FormEdit, LabelsField } from './form-state.ts';
import type { LabelsPlace } from './label-places.ts';
import { labelsPlaces } from './label-places.ts';
import { addEntry, removeEntry, setEntryKey, setEntryValue } from './yaml-entries.ts';
import { addItem, plain, removeItem, removeKey, scalarText, setItem, setKey } from './yaml-text.ts';
import type { KeyPlace, ListPlace } from './yaml-text.ts';

/** Keys in the order in which they are usually written. */
const orders = {
  spec: ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers', 'dnsPolicy'],
  service: ['type'],
  workload: ['replicas'],
  container: ['name', 'image', 'command', 'args'],
  port: ['name', 'containerPort', 'hostPort', 'hostIP', 'protocol'],
  servicePort: ['name', 'port', 'targetPort', 'nodePort', 'protocol'],
  metadata: ['name'],
  object: ['apiVersion', 'kind', 'metadata'],
  /** Beside which a new mapping of labels, or one that holds it, stands. */
  labels: ['name', 'namespace', 'labels'],
  selector: ['type', 'replicas', 'selector'],
  templateLabels: ['metadata'],
} as const;

/**
 * `text` with one edit made; unchanged where the text has no place for it.
 * @param object which of the objects that the form knows, from 0
 */
export function editManifest(text: string, edit: FormEdit, object = 0): string {
  const place = findSpec(text, object);
  if (!place) return text;
  const { document, spec } = place;
  const yaml = { text, document };
  const set = (at: KeyPlace, value: string): string => (value === '' ? removeKey(yaml, at.path, at.key) : setKey(yaml, at, value));
  const word = (at: KeyPlace, value: string): string => setKey(yaml, at, scalarText(yaml, [...at.path, at.key], value));
  const ports = (container: number): ListPlace => ({ path: [...spec, 'containers', container], key: 'ports' });
  switch (edit.kind) {
    case 'flag':
      return set({ path: spec, key: edit.field, order: orders.spec }, edit.value === undefined ? '' : String(edit.value));
    case 'dns':
      return set({ path: spec, key: 'dnsPolicy', order: orders.spec }, plain(edit.value));
    case 'service-type':
      return set({ path: spec, key: 'type', order: orders.service }, plain(edit.value));
    case 'name':
      if (document.hasIn(['metadata'])) return word({ path: ['metadata'], key: 'name', order: orders.metadata }, edit.value);
      return setKey(
        yaml,
        { path: [], key: 'metadata', order: orders.object },
        `\n  name: ${scalarText(yaml, ['metadata', 'name'], edit.value)}`,
      ).replace('metadata: \n', 'metadata:\n');
    case 'container': {
      const path = [...spec, 'containers', edit.container];
      if (edit.field === 'name' || edit.field === 'image') return word({ path, key: edit.field, order: orders.container }, edit.value);
      return setWords(place, { text, object, path, key: edit.field }, splitWords(edit.value));
    }
    case 'add-container':
      return addItem(yaml, { path: spec, key: 'containers' }, [
        ['name', freeName(place)],
        ['image', 'alpine'],
        ['command', '["/bin/sleep", "999999"]'],
      ]);
    case 'remove-container':
      // A Pod without any is none that the form could go on showing.
      return count(place) < 2 ? text : removeItem(yaml, { path: spec, key: 'containers' }, edit.container);
    case 'port':
      return set({ path: [...spec, 'containers', edit.container, 'ports', edit.index], key: edit.field, order: orders.port }, plain(edit.value));
    case 'add-port':
      return addItem(yaml, ports(edit.container), [['containerPort', '8080']]);
    case 'remove-port':
      return removeItem(yaml, ports(edit.container), edit.index);
    case 'service-port':
      return set({ path: [...spec, 'ports', edit.index], key: edit.field, order: orders.servicePort }, plain(edit.value));
    case 'add-service-port':
      return addItem(yaml, { path: spec, key: 'ports' }, [['port', '8080']]);
    case 'remove-service-port':
      return removeItem(yaml, { path: spec, key: 'ports' }, edit.index);
    case 'replicas':
      return set({ path: ['spec'], key: 'replicas', order: orders.workload }, plain(edit.value));
    case 'label':
    case 'add-label':
    case 'remove-label':
      return editLabels(place, text, edit);
  }
}

type LabelEdit = Extract<FormEdit, { readonly at: LabelsField }>;

function editLabels(place: SpecPlace, text: string, edit: LabelEdit): string {
  const at = labelsPlaces(place).find(({ field }) => field === edit.at);
  const yaml = { text, document: place.document };
  if (!at) return text;
  if (edit.kind === 'add-label') {
    const order = at.path[0] === 'metadata' && !place.document.hasIn(['metadata']) ? orders.object : orders[edit.at];
    return addEntry(yaml, { path: at.path, order }, freeLabel(place, at));
  }
  const entry = { path: at.path, index: edit.index };
  if (edit.kind === 'remove-label') return removeEntry(yaml, entry);
  return edit.field === 'key' ? setEntryKey(yaml, entry, edit.value) : setEntryValue(yaml, entry, edit.value);
}

/** `app` with the object's name, which is what most people write first, or another key that the mapping has not. */
function freeLabel({ document }: SpecPlace, { path }: LabelsPlace): { readonly key: string; readonly value: string } {
  const map: unknown = document.getIn(path);
  const taken = isMap(map) ? map.items.map(({ key }) => String(key)) : [];
  if (!taken.includes('app')) return { key: 'app', value: String(document.getIn(['metadata', 'name']) ?? '') };
  let number = taken.length + 1;
  while (taken.includes(`label-${number}`)) number += 1;
  return { key: `label-${number}`, value: '' };
}

function count({ document, spec }: SpecPlace): number {
  const list: unknown = document.getIn([...spec, 'containers']);
  return isSeq(list) ? list.items.length : 0;
}

/** A name that no container of the Pod has. */
function freeName(place: SpecPlace): string {
  const { document, spec } = place;
  const taken = new Set(Array.from({ length: count(place) }, (_, index) => document.getIn([...spec, 'containers', index, 'name'])));
  let number = count(place) + 1;
  while (taken.has(`container-${number}`)) number += 1;
  return `container-${number}`;
}

interface WordsPlace {
  readonly text: string;
  readonly object: number;
  /** The container. */
  readonly path: Path;
  readonly key: string;
}

/** Makes a list of words these words, item by item, so that a list over several lines keeps its lines. */
function setWords({ document }: SpecPlace, { text, object, path, key }: WordsPlace, words: readonly string[]): string {
  const yaml = { text, document };
  const list: unknown = document.getIn([...path, key]);
  if (words.length === 0) return removeKey(yaml, path, key);
  if (!isSeq(list) || list.items.length === 0)
    return setKey(yaml, { path, key, order: orders.container }, `[${words.map((each) => JSON.stringify(each)).join(', ')}]`);
  const there = list.items.map((_, index) => document.getIn([...path, key, index]));
  const differs = words.findIndex((each, index) => there[index] !== each);
  let next = text;
  if (there.length > words.length) next = removeItem(yaml, { path, key }, there.length - 1);
  else if (differs >= there.length) next = addItem(yaml, { path, key }, JSON.stringify(words[there.length] ?? ''));
  else if (differs >= 0) next = setItem(yaml, [...path, key, differs], words[differs] ?? '');
  if (next === text) return text;
  const place = findSpec(next, object);
  return place ? setWords(place, { text: next, object, path, key }, words) : next;
}
