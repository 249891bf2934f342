// Reads the form's state from a manifest and writes single settings back into its text, touching nothing else:
// comments, order and layout stay. Knows nothing of what the settings mean; that is the verdict's matter.
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { Document, Node, Pair, ParsedNode, YAMLMap } from 'yaml';
import { lineEnd, lineStart, trimmedEnd } from './text-lines.ts';
import type { FlagField, FlagValue, FormEdit, FormState, PortRow, ServicePortRow } from './form-state.ts';

const flagFields: readonly FlagField[] = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];
type Path = readonly (string | number)[];

interface Place {
  readonly document: Document<ParsedNode>;
  /** Path of the PodSpec or of the ServiceSpec. */
  readonly spec: Path;
  readonly kind: 'pod' | 'service';
}

/** What the form shows for `text`: the first object in it that the form knows. */
export function readForm(text: string): FormState {
  const line = brokenLine(text);
  if (line !== undefined) return { kind: 'paused', line };
  const place = findPlace(text);
  if (!place) return { kind: 'none' };
  const at = (...path: Path): unknown => place.document.getIn([...place.spec, ...path]);
  const word = (...path: Path): string => {
    const value = at(...path);
    return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
  };
  const items = (...path: Path): readonly number[] => {
    const node = at(...path);
    return isSeq(node) ? node.items.map((_, index) => index) : [];
  };
  if (place.kind === 'service') {
    const ports = items('ports').map((index): ServicePortRow => ({
      index,
      port: word('ports', index, 'port'),
      targetPort: word('ports', index, 'targetPort'),
      nodePort: word('ports', index, 'nodePort'),
    }));
    return { kind: 'service', type: word('type'), ports };
  }
  const flags = Object.fromEntries(flagFields.map((field) => [field, flagOf(at(field))]));
  return {
    kind: 'pod',
    flags: flags as { readonly [field in FlagField]: FlagValue },
    dnsPolicy: word('dnsPolicy'),
    containers: items('containers').map((index) => ({
      index,
      name: word('containers', index, 'name'),
      image: word('containers', index, 'image'),
    })),
    ports: items('containers').flatMap((container) =>
      items('containers', container, 'ports').map((index): PortRow => ({
        container,
        index,
        containerPort: word('containers', container, 'ports', index, 'containerPort'),
        hostPort: word('containers', container, 'ports', index, 'hostPort'),
        protocol: word('containers', container, 'ports', index, 'protocol'),
      })),
    ),
  };
}

function flagOf(value: unknown): FlagValue {
  if (value === undefined || typeof value === 'boolean') return value;
  return 'unreadable';
}

/** `text` with one edit made; unchanged where the text has no place for it. */
export function editManifest(text: string, edit: FormEdit): string {
  const place = brokenLine(text) === undefined ? findPlace(text) : undefined;
  if (!place) return text;
  const { document, spec } = place;
  switch (edit.kind) {
    case 'flag':
      return setValue({ text, document, path: spec, key: edit.field }, edit.value === undefined ? '' : String(edit.value));
    case 'dns':
      return setValue({ text, document, path: spec, key: 'dnsPolicy' }, edit.value);
    case 'service-type':
      return setValue({ text, document, path: spec, key: 'type' }, edit.value);
    case 'service-port':
      return setValue({ text, document, path: [...spec, 'ports', edit.index], key: edit.field }, plain(edit.value));
    case 'port':
      return setValue(
        {
          text,
          document,
          path: [...spec, 'containers', edit.container, 'ports', edit.index],
          key: edit.field,
        },
        plain(edit.value),
      );
    case 'add-port':
      return addPort(text, document, [...spec, 'containers', edit.container]);
    case 'remove-port':
      return removePort(text, document, [...spec, 'containers', edit.container, 'ports', edit.index]);
  }
}

/** What is typed into a field stays one YAML scalar, whatever it is. */
function plain(value: string): string {
  const trimmed = value.trim();
  return /^[\w./-]*$/.test(trimmed) ? trimmed : JSON.stringify(trimmed);
}

function findPlace(text: string): Place | undefined {
  const documents = parseAllDocuments(text, {
    lineCounter: new LineCounter(),
    uniqueKeys: false,
    version: '1.1',
  });
  if (!Array.isArray(documents)) return undefined;
  for (const document of documents) {
    const kind: unknown = document.getIn(['kind']);
    if (kind === 'Service') return { document, spec: ['spec'], kind: 'service' };
    for (const spec of [['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec'], ['spec']]) {
      const node: unknown = document.getIn(spec);
      if (isMap(node) && (spec.length > 1 || kind === 'Pod' || node.has('containers'))) {
        return { document, spec, kind: 'pod' };
      }
    }
  }
  return undefined;
}

/** The line on which the text stops being YAML. */
function brokenLine(text: string): number | undefined {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, uniqueKeys: false, version: '1.1' });
  const error = Array.isArray(documents) ? documents.flatMap(({ errors }) => errors)[0] : undefined;
  return error && lineCounter.linePos(error.pos[0]).line;
}

interface Target {
  readonly text: string;
  readonly document: Document<ParsedNode>;
  /** The mapping that holds, or will hold, the key. */
  readonly path: Path;
  readonly key: string;
}

/** Sets, adds or (with the empty string) removes one key of a mapping. */
function setValue(target: Target, value: string): string {
  const { text, document, path, key } = target;
  const map: unknown = document.getIn(path);
  if (!isMap(map)) return text;
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
  if (!pair) return value === '' ? text : insertKey(text, map as YAMLMap<Node, Node>, `${key}: ${value}`);
  if (value === '') return removePair(text, map as YAMLMap<Node, Node>, pair as Pair<Node, Node | null>);
  const range = (pair.value as Node | null)?.range;
  if (!range || range[0] === range[1]) {
    const end = (pair.key as Node).range?.[1] ?? 0;
    const colon = text.indexOf(':', end) + 1;
    return `${text.slice(0, colon)} ${value}${text.slice(colon)}`;
  }
  return text.slice(0, range[0]) + value + text.slice(range[1]);
}

function insertKey(text: string, map: YAMLMap<Node, Node>, line: string): string {
  const first = map.items[0];
  if (map.flow) {
    const open = (map.range?.[0] ?? 0) + 1;
    return `${text.slice(0, open)}${line}${first ? ', ' : ''}${text.slice(open)}`;
  }
  const start = first?.key.range?.[0];
  if (start === undefined) return text;
  const indent = ' '.repeat(start - lineStart(text, start));
  // A port row reads best in the order in which people write it: the new key comes last there, first elsewhere.
  if (/^(?:hostPort|protocol|nodePort|targetPort)/.test(line)) {
    const last = map.items.at(-1);
    const lastNode = (last?.value ?? last?.key) as Node | undefined;
    const end = lineEnd(text, lastNode?.range?.[1] ?? start);
    return `${text.slice(0, end)}\n${indent}${line}${text.slice(end)}`;
  }
  return `${text.slice(0, start)}${line}\n${indent}${text.slice(start)}`;
}

function removePair(text: string, map: YAMLMap<Node, Node>, pair: Pair<Node, Node | null>): string {
  const start = pair.key.range?.[0] ?? 0;
  const end = pair.value?.range?.[1] ?? pair.key.range?.[1] ?? start;
  const index = map.items.indexOf(pair as (typeof map.items)[number]);
  const next = map.items[index + 1]?.key.range?.[0];
  if (map.flow) {
    if (next !== undefined) return text.slice(0, start) + text.slice(next);
    const before = text.lastIndexOf(',', start);
    return text.slice(0, before > (map.range?.[0] ?? 0) ? before : start) + text.slice(end);
  }
  // The first key of a list's item stands on the line of the dash: the next key moves up to it.
  const ownLine = text.slice(lineStart(text, start), start).trim() === '';
  if (!ownLine && next !== undefined) return text.slice(0, start) + text.slice(next);
  if (!ownLine) return `${text.slice(0, start)}{}${text.slice(end)}`;
  return text.slice(0, lineStart(text, start)) + text.slice(Math.min(lineEnd(text, end) + 1, text.length));
}

function addPort(text: string, document: Document<ParsedNode>, container: Path): string {
  const ports: unknown = document.getIn([...container, 'ports']);
  if (isSeq(ports) && ports.items.length > 0 && !ports.flow) {
    const last = ports.items.at(-1) as Node;
    const start = last.range?.[0] ?? 0;
    const dash = text.lastIndexOf('-', start);
    const indent = ' '.repeat(dash - lineStart(text, dash));
    const end = trimmedEnd(text, last.range?.[1] ?? start);
    return `${text.slice(0, end)}\n${indent}- containerPort: 8080${text.slice(end)}`;
  }
  if (isSeq(ports) && ports.flow) {
    const close = (ports.range?.[1] ?? 1) - 1;
    return `${text.slice(0, close)}${ports.items.length > 0 ? ', ' : ''}{containerPort: 8080}${text.slice(close)}`;
  }
  const map: unknown = document.getIn(container);
  if (!isMap(map) || map.flow) return text;
  const cleaned = map.has('ports') ? setValue({ text, document, path: container, key: 'ports' }, '') : text;
  if (cleaned !== text) return editAgain(cleaned, container);
  const block = map as unknown as YAMLMap<Node, Node>;
  const start = block.items[0]?.key.range?.[0] ?? 0;
  const indent = ' '.repeat(start - lineStart(text, start));
  const last = block.items.at(-1);
  const end = trimmedEnd(text, ((last?.value ?? last?.key) as Node | undefined)?.range?.[1] ?? start);
  return `${text.slice(0, end)}\n${indent}ports:\n${indent}- containerPort: 8080${text.slice(end)}`;
}

function editAgain(text: string, container: Path): string {
  const place = findPlace(text);
  return place ? addPort(text, place.document, container) : text;
}

function removePort(text: string, document: Document<ParsedNode>, path: Path): string {
  const list = path.slice(0, -1);
  const ports: unknown = document.getIn(list);
  if (!isSeq(ports)) return text;
  if (ports.items.length === 1) {
    return setValue({ text, document, path: list.slice(0, -1), key: 'ports' }, '');
  }
  const index = Number(path.at(-1));
  const item = ports.items[index] as Node | undefined;
  const next = ports.items[index + 1] as Node | undefined;
  if (!item?.range) return text;
  if (ports.flow) {
    const start = item.range[0];
    if (next?.range) return text.slice(0, start) + text.slice(next.range[0]);
    return text.slice(0, text.lastIndexOf(',', start)) + text.slice(item.range[1]);
  }
  const start = lineStart(text, text.lastIndexOf('-', item.range[0]));
  return text.slice(0, start) + text.slice(Math.min(lineEnd(text, trimmedEnd(text, item.range[1])) + 1, text.length));
}
