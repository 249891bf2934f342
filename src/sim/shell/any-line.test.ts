import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCommands } from '../../../scripts/commands-on-disk.ts';
import { createCluster } from '../kube/create-cluster.ts';
import { programTableOf } from './program-table.ts';
import { World } from './world.ts';

const commands = await loadCommands();
const programs = programTableOf(commands);

const names = [...new Set(commands.map((command) => command.name))];
const word = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom(
    '-a',
    '-l',
    '-n',
    '--help',
    '-x',
    '-',
    '--',
    '-1',
    '99999999999',
    '/proc',
    '/proc/self/ns/net',
    '/etc/hosts',
    '*',
    '$x',
    '${x:-y}',
    '$(echo a)',
    '`',
    '"',
    "'",
    '\\',
    '{1..9}',
    '((',
    '))',
    '[[',
    '=',
    'a=b',
    '<<X',
    '-o',
    'yaml',
    'po',
    'pod',
    '网络',
    '\u0000',
    '\u0001',
  ),
  fc.string({ maxLength: 12 }),
);
const operator = fc.constantFrom(' ', ' ', ' ', ' | ', ' && ', ' || ', '; ', ' & ', ' > /tmp/f ', ' < /etc/hosts ', ' 2>&1 ', '\n');
const line = fc
  .array(fc.tuple(word, operator), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.map(([text, between]) => text + between).join(''));

/** Programs that end the machine's own processes would only test themselves. */
const harmful = /\b(?:kill|pkill|killall|reboot|drain|delete|rm|mv|chmod|chown|umount|mount|replace)\b/;

function play(world: World, text: string): void {
  const run = world.run('server5-node1', text);
  if (!run) throw new Error('a node has bash');
  world.cluster.simulation.runUntil(() => run.exitCode !== undefined || world.cluster.simulation.waitsForOutside, { limit: 3_000, budget: 20_000 });
  if (run.exitCode === undefined) run.kill();
}

describe('any line as a command', () => {
  it('ends in a result, never in a program’s fault', { timeout: 120_000 }, () => {
    const world = new World(createCluster({ programs, seed: 'any line' }));
    fc.assert(
      fc.property(line, (text) => {
        fc.pre(!harmful.test(text));
        play(world, text);
        const faults = world.faults
          .splice(0)
          .map(({ command, error }) => `${command}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        expect(faults).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['while true; do :; done'],
    ['f() { f | f & }; f'],
    ['yes'],
    ['x=a; while true; do x=$x$x; done'],
    ['cat /dev/zero | wc -c'],
    ['cat /dev/urandom > /dev/shm/full'],
    ['g() { g; }; g'],
    ['seq 1 100000000 | sort'],
    ["echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | grep -E '(a+)+$b'"],
    ["echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! | sed -E 's/^(a|a)*$/x/'"],
    ["echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! | awk '/^(a+)+$/'"],
    ['[[ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! =~ ^(a+)+$ ]]'],
    ['case aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa in *a*a*a*a*a*a*a*a*a*a*b) ;; esac'],
    ['yes | cat > /tmp/f'],
  ])('%s does not hold anybody up', (text) => {
    const world = new World(createCluster({ programs, seed: 'endless' }));
    const begun = performance.now();
    play(world, text);
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(world.faults.map(({ error }) => String(error))).toEqual([]);
    const after = world.run('server5-node1', 'echo alive');
    world.cluster.simulation.runUntil(() => after?.exitCode !== undefined, { limit: 60_000, budget: 2_000_000 });
    expect(after?.stdout).toBe('alive\n');
  });
});
