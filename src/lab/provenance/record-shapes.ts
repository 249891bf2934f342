/**
 * Makes the index of recorded shapes from the recordings that the tests hold the simulator against. What a test knows to
 * differ does not count, nor does what is never compared.
 */
import { parseAllDocuments } from 'yaml';
import type { ApiCase, RunStep, Scene } from '../../sim/recordings/format.ts';
import { lineShapes, toolsOfImage } from './line-shapes.ts';
import { outcomeOf, type RecordedShapes, type Source } from './provenance.ts';
import type { ContainerTools, Place, Shape } from './shape.ts';

interface Ended {
  readonly exitCode: number;
}

export interface ToolRecording {
  readonly id: string;
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly steps: readonly (Ended & { readonly run: string })[];
}

export interface SessionRecording {
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly type: string }[];
}

export interface Recordings {
  readonly about: { readonly version: string; readonly date: string };
  readonly scenes: readonly Scene[];
  readonly sessions: readonly SessionRecording[];
  readonly cases: readonly (ApiCase & Partial<Ended>)[];
  readonly tools: readonly ToolRecording[];
  /** Names of what the tests know to differ: `SCENE STEP`, `SESSION STEP` counted from 1, id of a case. */
  readonly different: ReadonlySet<string>;
  /** Whether there is a command or a builtin of that name: what a script defines for itself is nobody else's. */
  readonly isCommand: (name: string) => boolean;
  /** Packages that provide a tool, such as `procps` for `ps`. */
  readonly packagesOf: (tool: string) => readonly string[];
}

interface Entry {
  readonly source: Source;
  outcomes: number;
  agreed: number;
  differed: number;
}

/** So many recordings that agree speak for a shape although one differs. */
const OUTWEIGHS = 20;

/** A scene's own names for what it found in outputs. */
const CAPTURED = /\$\{(\w+)\}/g;

class Index {
  readonly #isCommand: Recordings['isCommand'];
  readonly #entries = new Map<Place, Map<string, Entry>>();

  constructor(isCommand: Recordings['isCommand']) {
    this.#isCommand = isCommand;
  }

  /** Where the simulator printed something else, the command that the line's exit code is from is to blame, if there is one. */
  add(line: string, { around, source, exitCode, agrees, times = 1 }: Told): void {
    const found = lineShapes(line, around);
    if (!found) return;
    for (const shape of !agrees && found.last ? [found.last] : found.shapes) {
      if (!this.#isCommand(shape.key.split(' ')[0] ?? '')) continue;
      const entry = this.#entry(shape, source);
      if (agrees) {
        // Where nobody noted how it ended, it ended well.
        entry.outcomes |= shape === found.last && exitCode !== undefined ? outcomeOf(exitCode) : 1;
        entry.agreed += times;
      } else entry.differed += times;
    }
  }

  #entry(shape: Shape, source: Told['source']): Entry {
    let entries = this.#entries.get(shape.place);
    if (!entries) this.#entries.set(shape.place, (entries = new Map()));
    let entry = entries.get(shape.key);
    if (!entry) entries.set(shape.key, (entry = { source: source(shape), outcomes: 0, agreed: 0, differed: 0 }));
    return entry;
  }

  result(): RecordedShapes {
    const sources: Source[] = [];
    const numbers = new Map<string, number>();
    const numberOf = (source: Source): number => {
      const key = `${source.name} ${source.version} ${source.date}`;
      const known = numbers.get(key) ?? sources.push(source) - 1;
      numbers.set(key, known);
      return known;
    };
    const at = (place: Place): Record<string, number> => {
      const speaking = [...(this.#entries.get(place) ?? [])].filter(
        ([, { agreed, differed, outcomes }]) => outcomes > 0 && agreed >= OUTWEIGHS * differed,
      );
      return Object.fromEntries(
        speaking.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { source, outcomes }]) => [key, numberOf(source) * 4 + outcomes]),
      );
    };
    return { sources, shapes: { node: at('node'), outside: at('outside'), busybox: at('busybox'), debian: at('debian') } };
  }
}

interface Told {
  readonly around: { readonly place: Place; toolsIn(pod: string, container: string | undefined): ContainerTools | undefined };
  readonly source: (shape: Shape) => Source;
  readonly exitCode: number | undefined;
  /** The simulator printed the same. */
  readonly agrees: boolean;
  readonly times?: number;
}

/** The cluster's recordings come first: where both have a shape, theirs is the source that is named. */
export function recordShapes(recordings: Recordings): RecordedShapes {
  const index = new Index(recordings.isCommand);
  const kubernetes: Source = { name: 'Kubernetes', version: `v${recordings.about.version}`, date: recordings.about.date };
  const ofCluster = { source: () => kubernetes };
  for (const scene of recordings.scenes) addScene(index, scene, { ...ofCluster, different: recordings.different });
  for (const session of recordings.sessions) addSession(index, session, { ...ofCluster, different: recordings.different });
  addCases(index, recordings.cases, { ...ofCluster, different: recordings.different });
  for (const tool of recordings.tools) addTools(index, tool, recordings.packagesOf);
  return index.result();
}

interface Context {
  readonly source: Told['source'];
  readonly different: ReadonlySet<string>;
}

/** Thousands of manifests, a few commands. */
function addCases(index: Index, cases: Recordings['cases'], { source, different }: Context): void {
  const around = { place: 'node', toolsIn: () => undefined } as const;
  const told = new Map<string, Told & { readonly command: string; times: number }>();
  const add = (name: string, command: string, exitCode: number | undefined): void => {
    const agrees = !different.has(name);
    const key = `${command} ${outcomeOf(exitCode)} ${agrees}`;
    const known = told.get(key);
    if (known) known.times++;
    else told.set(key, { command, source, around, exitCode, agrees, times: 1 });
  };
  for (const { id, command, exitCode, steps } of cases) {
    if (!steps) add(id, command ?? 'kubectl create -f manifest.yaml', exitCode);
    for (const [at, step] of (steps ?? []).entries()) add(`${id}#${at}`, step.command, (step as Partial<Ended>).exitCode);
  }
  for (const each of told.values()) index.add(each.command, each);
}

function addScene(index: Index, scene: Scene, { source, different }: Context): void {
  const toolsIn = toolsBy(scene.steps.flatMap((step) => ('file' in step ? [step.text] : 'run' in step ? [step.run] : [])));
  const captured = new Set<string>();
  for (const [at, step] of scene.steps.entries()) {
    if (!('run' in step)) continue;
    const { run, compare, exitCode } = step as RunStep & Ended;
    const line = run.replace(CAPTURED, (whole, name: string) => (captured.has(name) ? UNKNOWN_NAME : whole));
    for (const name of Object.keys(step.capture ?? {})) captured.add(name);
    if (compare === false) continue;
    const place = step.at === 'client' ? 'outside' : 'node';
    index.add(line, { source, around: { place, toolsIn }, exitCode, agrees: !different.has(`${scene.id} ${at}`) });
  }
}

/** Stands for a captured value: a number in a path, a name elsewhere. */
const UNKNOWN_NAME = '4711';

/** Lines that were typed whole; where keys edited or interrupted them, nobody knows what was run. */
function addSession(index: Index, { id, files, steps }: SessionRecording, { source, different }: Context): void {
  const toolsIn = toolsBy(Object.values(files));
  const places: Place[] = ['node'];
  for (const [at, { type }] of steps.entries()) {
    const place = places.at(-1) ?? 'node';
    if (type === '\u0004' && places.length > 1) places.pop();
    if (!/^[^\u0000-\u001f]+\n$/.test(type)) continue;
    const line = type.trimEnd();
    index.add(line, { source, around: { place, toolsIn }, exitCode: undefined, agrees: !different.has(`${id} ${at + 1}`) });
    const shapes = lineShapes(line, { place, toolsIn })?.shapes ?? [];
    const inner = shapes.find((shape) => shape.key === 'sh' && shape.place !== place);
    if (inner) places.push(inner.place);
    else if (line.startsWith('exit') && places.length > 1) places.pop();
  }
}

/** Which tools the containers of some manifests have, by Pod and container. */
function toolsBy(texts: readonly string[]): Told['around']['toolsIn'] {
  const byPod = new Map<string, (readonly [container: string, tools: ContainerTools | undefined])[]>();
  for (const text of texts) {
    const [, run, image] = /\bkubectl run (\S+).*?--image=(\S+)/.exec(text) ?? [];
    if (run !== undefined) byPod.set(run, [[run, toolsOfImage(image ?? '')]]);
    for (const { name, containers } of podsOf(text))
      byPod.set(
        name,
        containers.map((each) => [each.name, toolsOfImage(each.image)] as const),
      );
  }
  const all = new Set([...byPod.values()].flat().flatMap(([, tools]) => tools ?? []));
  return (pod, container) => {
    const containers = byPod.get(pod.replace(/^pods?\//, ''));
    if (containers) return (containers.find(([name]) => name === container) ?? (container === undefined ? containers[0] : undefined))?.[1];
    // A name that was found while it ran: known only where all containers are alike.
    return all.size === 1 ? [...all][0] : undefined;
  };
}

interface PodLike {
  readonly name: string;
  readonly containers: readonly { readonly name: string; readonly image: string }[];
}

function podsOf(text: string): readonly PodLike[] {
  if (!text.includes('containers:')) return [];
  return parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false }).flatMap((document): readonly PodLike[] => {
    if (document.errors.length > 0) return [];
    const object = document.toJS({ maxAliasCount: 10 }) as {
      metadata?: { name?: unknown };
      spec?: { containers?: unknown; template?: { spec?: { containers?: unknown } } };
    } | null;
    const containers = object?.spec?.containers ?? object?.spec?.template?.spec?.containers;
    if (!Array.isArray(containers)) return [];
    const named = (containers as { name?: unknown; image?: unknown }[]).map(({ name, image }) => ({ name: String(name), image: String(image) }));
    return [{ name: String(object?.metadata?.name), containers: named }];
  });
}

/** Debian's tools are the same on nodes and in containers made from Debian; BusyBox is in containers only. */
function addTools(index: Index, { id, date, versions, steps }: ToolRecording, packagesOf: Recordings['packagesOf']): void {
  const places: readonly Place[] = id.endsWith('busybox') ? ['busybox'] : id.endsWith('dash') ? ['debian'] : ['node', 'debian'];
  const [general = ['', '']] = [...Object.entries(versions)].sort(([a], [b]) => Number(b === 'debian') - Number(a === 'debian'));
  const source = ({ key }: Shape): Source => {
    const name = [...packagesOf(key.split(' ')[0] ?? ''), ...(id.endsWith('busybox') ? ['busybox'] : [])].find((each) => each in versions);
    const [title, version] = name === undefined ? general : [name, versions[name] ?? ''];
    return { name: TITLES[title] ?? title, version: version.replace(/ .*/, ''), date };
  };
  for (const place of places) {
    for (const { run, exitCode } of steps) index.add(run, { source, around: { place, toolsIn: () => undefined }, exitCode, agrees: true });
  }
}

const TITLES: Readonly<Record<string, string>> = { busybox: 'BusyBox', debian: 'Debian' };
