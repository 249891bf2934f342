// Reads the form's state from a manifest. Writes nothing and judges nothing.
import { isMap, isScalar, isSeq } from 'yaml';
import { joinWords } from './command-words.ts';
import { findSpecs } from './find-spec.ts';
import type { Path, SpecPlace } from './find-spec.ts';
import type {
  FlagField,
  FlagValue,
  FormState,
  LabelsGroup,
  ObjectForm,
  PausedForm,
  PodForm,
  PortRow,
  ServiceForm,
  ServicePortRow,
} from './form-state.ts';
import { hasReplicas, labelsPlaces } from './label-places.ts';

const flagFields: readonly FlagField[] = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];

/** What the form shows for `text` in its first frame: the first object in it that the form knows. */
export function readForm(text: string): FormState {
  const objects = readObjects(text);
  if ('kind' in objects) return objects;
  return objects[0]?.form ?? { kind: 'none' };
}

/** All objects of `text` that the form knows, in their order. */
export function readObjects(text: string): readonly ObjectForm[] | PausedForm {
  const places = findSpecs(text);
  if ('brokenAt' in places) return { kind: 'paused', line: places.brokenAt };
  return places.map((place) => {
    const { document, kindName } = place;
    const form = place.kind === 'service' ? serviceForm(place) : podForm(place);
    return {
      title: [kindName, form.name].filter(Boolean).join(' '),
      form,
      labels: labelsPlaces(place).map(({ field, path }): LabelsGroup => {
        const map: unknown = document.getIn(path);
        const rows = isMap(map) ? map.items.map(({ key, value }) => ({ key: wordOf(scalar(key)), value: wordOf(scalar(value)) })) : [];
        return { field, at: path.join('.'), rows };
      }),
      replicas: hasReplicas(place) ? wordOf(document.getIn(['spec', 'replicas'])) : undefined,
      range: [document.range?.[0] ?? 0, document.range?.[2] ?? 0],
    };
  });
}

function podForm({ document, spec }: SpecPlace): PodForm {
  const { at, word, items } = readers({ document, spec });
  const flags = Object.fromEntries(flagFields.map((field) => [field, flagOf(at(field))]));
  return {
    kind: 'pod',
    at: spec.join('.'),
    name: wordOf(document.getIn(['metadata', 'name'])),
    flags: flags as { readonly [field in FlagField]: FlagValue },
    dnsPolicy: word('dnsPolicy'),
    containers: items('containers').map((index) => ({
      index,
      name: word('containers', index, 'name'),
      image: word('containers', index, 'image'),
      command: wordsOf(at('containers', index, 'command')),
      args: wordsOf(at('containers', index, 'args')),
    })),
    ports: items('containers').flatMap((container) =>
      items('containers', container, 'ports').map((index): PortRow => {
        const field = (key: string): string => word('containers', container, 'ports', index, key);
        return {
          container,
          index,
          containerPort: field('containerPort'),
          hostPort: field('hostPort'),
          hostIP: field('hostIP'),
          protocol: field('protocol'),
        };
      }),
    ),
  };
}

function serviceForm({ document, spec }: SpecPlace): ServiceForm {
  const { word, items } = readers({ document, spec });
  const ports = items('ports').map((index): ServicePortRow => {
    const field = (key: string): string => word('ports', index, key);
    return {
      index,
      name: field('name'),
      port: field('port'),
      targetPort: field('targetPort'),
      nodePort: field('nodePort'),
      protocol: field('protocol'),
    };
  });
  return { kind: 'service', name: wordOf(document.getIn(['metadata', 'name'])), type: word('type'), ports };
}

interface Readers {
  readonly at: (...path: Path) => unknown;
  readonly word: (...path: Path) => string;
  /** Positions in the list there. */
  readonly items: (...path: Path) => readonly number[];
}

function readers({ document, spec }: Pick<SpecPlace, 'document' | 'spec'>): Readers {
  const at = (...path: Path): unknown => document.getIn([...spec, ...path]);
  return {
    at,
    word: (...path) => wordOf(at(...path)),
    items: (...path) => {
      const node = at(...path);
      return isSeq(node) ? node.items.map((_, index) => index) : [];
    },
  };
}

function scalar(node: unknown): unknown {
  return isScalar(node) ? node.value : node;
}

function wordOf(value: unknown): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** A list of words as one line; a single word that stands in its place as well. */
function wordsOf(node: unknown): string {
  if (!isSeq(node)) return wordOf(node);
  return joinWords(node.items.map((item) => wordOf(isScalar(item) ? item.value : item)));
}

function flagOf(value: unknown): FlagValue {
  if (value === undefined || typeof value === 'boolean') return value;
  return 'unreadable';
}
