/** The index of recorded shapes, made from the recordings while the site is built. Pages fetch it: see load-shapes.ts. */
import about from '../../sim/recordings/about.json';
import differences from '../../sim/recordings/differences.json';
import { builtinNames } from '../../sim/shell/interpreter/builtins/table.ts';
import type { ApiCase, Scene } from '../../sim/recordings/format.ts';
import { programIdOfFile } from '../../sim/shell/program-table.ts';
import type { RecordedShapes } from './provenance.ts';
import { recordShapes, type SessionRecording, type ToolRecording } from './record-shapes.ts';

const scenes = import.meta.glob<Scene>('../../sim/recordings/cluster/*.json', { eager: true, import: 'default' });
const sessions = import.meta.glob<SessionRecording>('../../sim/recordings/terminal/*.json', { eager: true, import: 'default' });
const tools = import.meta.glob<ToolRecording>('../../sim/recordings/tools/*.json', { eager: true, import: 'default' });
const cases = import.meta.glob<string>('../../sim/recordings/apiserver/*.jsonl', { eager: true, import: 'default', query: '?raw' });
const commands = Object.keys(import.meta.glob('../../sim/shell/commands/*/*.ts'));

/** What stands first in a key and is no command. */
const KEY_WORDS = /^(?:file|\(.*\))$/;
const names: ReadonlySet<string> = new Set([
  ...(['bash', 'ash', 'dash'] as const).flatMap((dialect) => builtinNames(dialect)),
  ...commands.flatMap((path) => programIdOfFile(path)?.split('/')[0] ?? []),
]);

/** Recordings of tools that a test plays, each to the last step: whoever adds one names it here. */
export const PLAYED_TOOLS: readonly string[] = [
  'netns-busybox',
  'netns-debian',
  'network-busybox',
  'network-debian',
  'process-busybox',
  'process-debian',
  'shell-bash',
  'shell-busybox',
  'shell-dash',
];
/**
 * Held against lists of rules only, without running the commands; or dense ones, of which a test holds how many steps agree,
 * not which.
 */
export const OTHER_TOOLS: readonly string[] = [
  'iptables-rules',
  'dense-shell-bash',
  'dense-shell-busybox',
  'dense-tools-busybox',
  'dense-tools-debian',
  'dense-network-busybox',
  'dense-network-debian',
  'dense-http-debian',
  'dense-more-busybox',
  'dense-more-debian',
];

let made: RecordedShapes | undefined;

/** All that the tests play and find equal. */
export function recordedShapes(): RecordedShapes {
  made ??= recordShapes({
    about,
    scenes: Object.values(scenes),
    sessions: Object.values(sessions),
    tools: Object.values(tools).filter(({ id }) => PLAYED_TOOLS.includes(id)),
    cases: Object.values(cases).flatMap((text) =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as ApiCase),
    ),
    different: new Set([...differences.cluster, ...differences.terminal, ...differences.apiserver]),
    isCommand: (name) => KEY_WORDS.test(name) || names.has(name),
    packagesOf,
  });
  return made;
}

function packagesOf(tool: string): readonly string[] {
  const suites = commands.flatMap((path) => {
    const [name, suite] = programIdOfFile(path)?.split('/') ?? [];
    return name === tool && suite !== undefined && suite !== 'busybox' ? [suite] : [];
  });
  return suites.map((suite) => (suite === 'awk' ? 'mawk' : suite));
}
