import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCommands } from '../../../scripts/commands-on-disk.ts';
import { createCluster } from '../kube/create-cluster.ts';
import type { ProgramTable } from '../linux/process/kernel.ts';
import { programTableOf } from './program-table.ts';
import { World, type TerminalSession } from './world.ts';

let programs: ProgramTable;
beforeAll(async () => {
  programs = programTableOf(await loadCommands());
});

/** Actions from which on something is played to its end. */
const MUCH = 100_000;

/** A learner at a node's terminal, and what the world had to do for them. */
class Learner {
  readonly world = new World(createCluster({ programs, seed: 'floods' }));
  readonly #session: TerminalSession;
  output = '';
  /** Characters that arrived in all. */
  received = 0;
  /** Every line that arrived, once. */
  readonly lines = new Set<string>();
  ended = false;

  constructor(observer = 'server5-node1') {
    const session = this.world.openTerminal(observer, {
      rows: 24,
      columns: 80,
      onOutput: (text) => {
        this.received += text.length;
        if (this.lines.size < 1_000) for (const line of text.split('\r\n')) this.lines.add(line);
        this.output = (this.output + text).slice(-100_000);
      },
      onEnd: () => {
        this.ended = true;
      },
    });
    if (!session) throw new Error('a node has terminals');
    this.#session = session;
  }

  static async at(observer?: string): Promise<Learner> {
    const learner = new Learner(observer);
    await learner.wait(2_000);
    return learner;
  }

  get prompting(): boolean {
    return this.output.endsWith(']# ');
  }

  /** Lets virtual milliseconds pass, at most `budget` actions. @returns the actions, and the longest one in real milliseconds */
  async wait(milliseconds: number, done = (): boolean => false, budget = 200_000): Promise<{ readonly actions: number; readonly longest: number }> {
    const { simulation } = this.world.cluster;
    const end = simulation.now + milliseconds;
    let actions = 0;
    let longest = 0;
    // A slow machine plays less of what never ends.
    const patience = performance.now() + (budget < MUCH ? 1_500 : 30_000);
    while (!done() && actions < budget && performance.now() < patience) {
      if (simulation.waitsForOutside) await simulation.settled();
      const next = simulation.nextAt;
      if (next === undefined || next > end) break;
      const begun = performance.now();
      simulation.step();
      longest = Math.max(longest, performance.now() - begun);
      actions++;
    }
    return { actions, longest };
  }

  press(keys: string): void {
    this.output = '';
    this.#session.input(keys);
  }

  /** Types a line and waits for the prompt, or for the time to pass. @returns what was printed behind the line */
  async run(line: string, milliseconds = 30_000): Promise<{ readonly text: string; readonly longest: number }> {
    this.press(`${line}\r`);
    const { longest } = await this.wait(milliseconds, () => this.ended || (this.prompting && this.output.includes('\n')), 2_000_000);
    return {
      text: this.output
        .slice(this.output.indexOf('\r\n') + 2)
        .replaceAll(/\u001b\[\?2004[hl]\r?/g, '')
        .replaceAll('\r\n', '\n')
        .replace(/\[root@\S+ ~\]# $/, ''),
      longest,
    };
  }
}

/** No single action may hold the page up; an unbounded one takes for ever, a bounded one milliseconds, so that a slow machine does not matter. */
const HELD_UP = 3_000;

describe('a line that asks for more than there is, at a terminal', () => {
  it.each([
    ['cat /dev/zero > f', 'cat: write error: No space left on device\n'],
    ['head -c 10G /dev/zero > f', 'head: write error: No space left on device\n'],
    ['yes > f', 'yes: standard output: No space left on device\n'],
    ['seq 1000000000 > /dev/shm/f', 'seq: write error: No space left on device\n'],
    ['echo x > /dev/full', 'bash: echo: write error: No space left on device\n'],
    ['sort /dev/zero', 'Killed\n'],
    ['seq 1000000 | sort | tail -n 1; seq 300000 | sort -rn | head -n 1', '999999\n300000\n'],
    ['yes | head -c 30000000 | tail -n 1; seq 5000000 | tail -n +5000000; seq 9 | tail -c 3', 'y\n5000000\n\n9\n'],
    ['yes | sed s/y/x/ | head -n 2; yes | awk 1 | head -n 1', 'x\nx\ny\n'],
    ['dd if=/dev/zero of=f bs=1G count=10 status=none; echo $?', 'dd: error writing ‘f’: No space left on device\n1\n'],
    ['x=$(seq 100000); y=${x//1/22}; z=${x//[0-9]/ab}; echo ${#y} ${#z}', '638895 1077789\n'],
    ['head -c 40M /dev/zero > f; mv f g; mkdir d; mv g d; head -c 40M /dev/zero > f', 'head: write error: No space left on device\n'],
    ['grep -r no-such-wor[d] / > /dev/null 2>&1; echo $?', /^[12]\n$/],
    [
      'mkdir a; ln -s .. a/up; echo hello > a/f; ln -s f a/l; grep -r hello a; grep -R hello a',
      'a/f:hello\na/f:hello\na/l:hello\ngrep: a/up/a: warning: recursive directory loop\n',
    ],
    ['grep x /dev/zero', 'Killed\n'],
    ["cat /dev/zero | tr '\\0' x | read x; echo $?", 'Killed\n137\n'],
    ['printf %99999999999d 5; echo $?', '0\n'],
    ['/bin/echo $(seq 400000)', 'bash: /bin/echo: Argument list too long\n'],
    ['x=$(printf %131072s); /bin/echo "$x"; echo $?', 'bash: /bin/echo: Argument list too long\n126\n'],
    ['echo {1..100000000}', 'bash: brace expansion: failed to allocate memory for 100000000 elements\n{1..100000000}\n'],
    ['echo {1..9999}{1..9999}', 'bash: brace expansion: failed to allocate memory for 99980001 elements\n{1..9999}{1..9999}\n'],
    ['echo {1..99999999999999999999}', '{1..99999999999999999999}\n'],
    ['x=$(head -c 100 /dev/zero); echo ${#x}', 'bash: warning: command substitution: ignored null byte in input\n0\n'],
    ["bash -c 'f() { f; }; f'; echo $?", 'Segmentation fault\n139\n'],
    ['bash -c \'x="eval \\$x"; eval $x\'; echo $?', 'Segmentation fault\n139\n'],
    ["dash -c 'f() { f; }; f'; echo $?", 'dash: 1: Maximum function recursion depth (1000) reached\n2\n'],
    ["bash -c 'x=$(yes); echo no'; echo $?", /^bash: xrealloc: cannot allocate \d+ bytes\n2\n$/],
    ["bash -c 'x=$(cat /dev/zero); echo no'; echo $?", /^bash: xrealloc: cannot allocate \d+ bytes\n2\n$/],
    ["bash -c 'x=a; while :; do x=$x$x; done'; echo $?", /^bash: xrealloc: cannot allocate \d+ bytes\n2\n$/],
    ["bash -c 'for i in $(seq 100000000); do :; done'; echo $?", /^bash: xrealloc: cannot allocate \d+ bytes\n2\n$/],
    ['echo $((2**62 ** 99999999)); echo $((99999999999999999999999))', /^-?\d+\n-?\d+\n$/],
    ["x=$(head -c 100000 /dev/zero | tr '\\0' a); y=${x//*b/c}${x##*b}${x%%b*}; echo ${#y}", '300000\n'],
    ['x=$(printf "(%.0s" {1..5000}); echo $((x))', /expression recursion level exceeded/],
    ['seq 1 1e3 | tail -n 1; seq 0x10 | tail -n 1; seq 1 inf | head -n 2', '1000\n16\n1\n2\n'],
    ['yes | head -c 3000000 | wc', '1500000 1500000 3000000\n'],
    ['x=$(seq 200000); for i in $x; do :; done; echo $i', '200000\n'],
    [
      'head -c 3 /dev/zero | base64; printf "%s" 0123456789 | base64 -w 4; seq 3000000 | base64 | tail -n 1',
      'AAAA\nMDEy\nMzQ1\nNjc4\nOQ==\nCjI5OTk5OTcKMjk5OTk5OAoyOTk5OTk5CjMwMDAwMDAK\n',
    ],
  ])('%s says what the real one says, and the prompt is back', { timeout: 60_000 }, async (line, said) => {
    const learner = await Learner.at();
    const { text, longest } = await learner.run(line);
    if (typeof said === 'string') expect(text).toBe(said);
    else expect(text).toMatch(said);
    expect(longest).toBeLessThan(HELD_UP);
    expect((await learner.run('echo alive')).text).toBe('alive\n');
    expect(learner.world.faults).toEqual([]);
  });

  it.each([
    ['yes'],
    ['while :; do echo x; done'],
    ['while :; do :; done'],
    ['cat /dev/zero > /dev/null'],
    ['read x < /dev/zero'],
    ['cat /dev/urandom | base64'],
    ['wc /dev/zero'],
    ['seq 1 inf'],
    ['yes | tail -n 3'],
    ['yes | rev'],
    ['yes | uniq'],
    ['yes | sed s/y/x/'],
    ['yes | awk 1'],
    ['echo x | sed ":a;ba"'],
    ['awk "BEGIN { while (1) x++ }"'],
    ['dd if=/dev/zero of=/dev/null bs=1M'],
    ['yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | grep -E "(a+)+b"'],
    ['while true; do cat /etc/services; done'],
    ['watch -n 0.01 ps'],
    ['top -d 0.01'],
    ['tail -f /etc/hosts'],
    ['ping -i 0.01 localhost'],
    ['nc -l -p 9999 < /dev/zero'],
    ['sleep infinity'],
    ['for i in $(seq 500000); do :; done'],
    ['i=0; while :; do i=$((i+1)); : > f$i; done'],
    ['i=0; while :; do eval "v$i=1"; i=$((i+1)); done'],
    ['a=(); while :; do a+=(x); done'],
    ['until false; do ls / > /dev/null; done'],
    ['while :; do mkdir d; cd d; done'],
  ])('%s goes on until Ctrl-C, which brings the prompt back at once', { timeout: 60_000 }, async (line) => {
    const learner = await Learner.at();
    const memory = process.memoryUsage().heapUsed;
    learner.press(`${line}\r`);
    const { longest } = await learner.wait(3_000, undefined, 15_000);
    expect(learner.prompting).toBe(false);
    expect(longest).toBeLessThan(HELD_UP);
    expect(process.memoryUsage().heapUsed - memory).toBeLessThan(500e6);
    learner.press('\u0003');
    await learner.wait(1_000, () => learner.prompting);
    expect(learner.prompting).toBe(true);
    expect((await learner.run('cd; echo alive')).text).toBe('alive\n');
    expect(learner.world.faults).toEqual([]);
  });

  it.each([['/bin/true'], ['(true)'], ['true | cat'], ['ls / > /dev/null'], ['sleep 0.001']])(
    'Ctrl-C ends a loop of %s whenever it comes, also between one round and the next',
    async (command) => {
      const learner = await Learner.at();
      for (let moment = 0; moment < 24; moment++) {
        learner.press(`while :; do ${command}; done\r`);
        await learner.wait(1_000, undefined, 200 + moment);
        learner.press('\u0003');
        await learner.wait(1_000, () => learner.prompting, 300);
        expect(learner.prompting, `pressed at moment ${moment}`).toBe(true);
      }
    },
  );

  it('dd says how far it came when Ctrl-C ends it', async () => {
    const learner = await Learner.at();
    learner.press('dd if=/dev/zero of=/dev/null bs=1M\r');
    await learner.wait(200);
    learner.press('\u0003');
    await learner.wait(1_000, () => learner.prompting);
    expect(learner.output).toMatch(
      /^\^C(\d+)\+0 records in\r\n\1\+0 records out\r\n\d+ bytes \([\d.]+ [MG]B, [\d.]+ [MG]iB\) copied, 0\.\d+ s, [\d.]+ GB\/s\r\n/,
    );
  });

  it('goes on below a path that is too long for one call, at the cost of one directory', async () => {
    const learner = await Learner.at();
    await learner.run('for i in {1..2500}; do mkdir d; cd d; done');
    expect((await learner.run('echo ${#PWD}; mkdir e; ls; ls -d "$PWD" 2>&1 | tail -c 21; cd ..; echo ${#PWD}')).text).toContain(
      '5005\ne\n: File name too long\n5003\n',
    );
    const depth = async (line: string): Promise<number> => {
      const before = performance.now();
      await learner.run(line);
      return performance.now() - before;
    };
    expect(await depth('cd /tmp; for i in {1..300}; do mkdir d; cd d; done; for i in {1..3000}; do cd .; done')).toBeLessThan(20_000);
    expect((await learner.run('cd; echo $PWD')).text).toBe('/root\n');
  });

  it('takes .. back through the link that one came by, as the shell remembers the way', async () => {
    const learner = await Learner.at();
    await learner.run('mkdir w; cd w; mkdir -p a/b; ln -s a/b l; touch here a/there');
    expect((await learner.run('cd l; cd ..; pwd; ls -d * | cat; cd l/..; ls -d here; cd -P l/..; pwd; cd nowhere/..')).text).toContain(
      '/root/w\na\nhere\nl\nhere\n/root/w/a\nbash: cd: nowhere/..: No such file or directory\n',
    );
  });

  it('prints no faster than a window can show, however fast it is made', async () => {
    const learner = await Learner.at();
    learner.press('seq 1 inf\r');
    await learner.wait(1_000);
    expect(learner.received).toBeGreaterThan(500_000);
    expect(learner.received).toBeLessThan(1_500_000);
  });

  it('does not pile up behind kubectl exec either', async () => {
    const learner = await Learner.at('server4-master');
    await learner.wait(60_000);
    const pod = /kube-proxy-\w+/.exec((await learner.run('kubectl get po -n kube-system -o name')).text)?.[0] ?? '';
    learner.press(`kubectl exec -n kube-system ${pod} -- cat /dev/zero | sleep 1000\r`);
    const before = process.memoryUsage().heapUsed;
    await learner.wait(3_000, undefined, 40_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6);
    learner.press('\u0003');
    await learner.wait(1_000, () => learner.prompting);
    expect(learner.prompting).toBe(true);
  });
});

describe('any keys at a terminal', () => {
  it('end in a prompt or a shell’s end, never in a program’s fault', { timeout: 120_000 }, async () => {
    const key = fc.oneof(
      fc.constantFrom(
        '\r',
        '\t',
        '\u007f',
        '\u0003',
        '\u0004',
        '\u0015',
        '\u0012',
        '\u001b',
        '\u001b[A',
        '\u001b[D',
        '\u001b[200~',
        '\u001b[201~',
        '\u001bOP',
      ),
      fc.constantFrom('echo ', 'cat', 'vi f', 'less /etc/hosts', 'read x', '!!', '$(', '`', '"', "'", '<<X', '\\', '|', '&', ';', '{a,b}', '*'),
      fc.constantFrom('\ud800', '\udc00', '\u202e', '\u200d', '😀', '网络', '\0', '\u0085', '\u2028', 'é'),
      fc.string({ maxLength: 3 }),
    );
    const learner = await Learner.at();
    await fc.assert(
      fc.asyncProperty(fc.array(key, { maxLength: 30 }), async (keys) => {
        fc.pre(!/\b(?:kill|exit|rm|mv)\b/.test(keys.join('')));
        const { simulation } = learner.world.cluster;
        const session = learner.world.openTerminal('server6-node2', { rows: 24, columns: 80, onOutput: () => undefined, onEnd: () => undefined });
        session?.input(keys.join(''));
        await learner.wait(300, undefined, 5_000);
        session?.close();
        await learner.wait(50, undefined, 5_000);
        expect(learner.world.faults.map(({ command, error }) => `${command}: ${String(error)}`)).toEqual([]);
        expect(simulation.now).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['a megabyte in one line', `\u001b[200~${'x'.repeat(1_000_000)}\u001b[201~`],
    ['many lines', `\u001b[200~${'echo hello\r'.repeat(90_000)}\u001b[201~`],
    ['a megabyte that no brackets hold', 'x'.repeat(1_000_000)],
  ])('%s can be pasted; Ctrl-C brings a new prompt', async (_what, keys) => {
    const learner = await Learner.at();
    learner.press(keys);
    const { longest } = await learner.wait(5_000);
    expect(longest).toBeLessThan(1_000);
    learner.press('\u0003');
    await learner.wait(1_000, () => learner.prompting);
    expect((await learner.run('echo alive')).text).toBe('alive\n');
  });

  it('a line of a megabyte is printed whole', async () => {
    const learner = await Learner.at();
    const { text } = await learner.run("head -c 1000000 /dev/zero | tr '\\0' x");
    expect(learner.received).toBeGreaterThan(1_000_000);
    expect(text.slice(-10)).toBe('x'.repeat(10));
  });
});

describe('more processes than a machine has room for', () => {
  it.each([[':(){ :|:& };:'], ['f() { f | f & }; f'], ['f() { f | f; }; f']])('%s dies out, with bash’s words', { timeout: 90_000 }, async (bomb) => {
    const learner = await Learner.at();
    learner.press(`${bomb}\r`);
    const { longest } = await learner.wait(60_000, undefined, 400_000);
    expect(longest).toBeLessThan(HELD_UP);
    expect(learner.lines.has('bash: fork: retry: Resource temporarily unavailable')).toBe(true);
    expect(learner.lines.has('bash: fork: Resource temporarily unavailable')).toBe(true);
    const node = learner.world.cluster.machines.get('server5-node1');
    expect(node?.kernel.processes().length).toBeLessThan(30);
    learner.press('\u0003');
    await learner.wait(1_000);
    expect((await learner.run('echo alive')).text).toContain('alive\n');
    expect(learner.world.faults).toEqual([]);
  });

  it('a loop of background jobs waits for room 1, 2, 4 and 8 seconds, then comes back to the prompt', { timeout: 60_000 }, async () => {
    const learner = await Learner.at();
    const { text } = await learner.run('while true; do sleep 1000 & done; echo no', 40_000);
    expect(text.split('\n').filter((line) => line.startsWith('bash'))).toEqual([
      ...Array.from({ length: 4 }, () => 'bash: fork: retry: Resource temporarily unavailable'),
      'bash: fork: Resource temporarily unavailable',
    ]);
    expect((await learner.run('echo $?')).text).toBe('254\n');
  });

  it('thousands of them are listed, and told of when they have ended', { timeout: 60_000 }, async () => {
    const learner = await Learner.at();
    await learner.run('for i in $(seq 3000); do sleep 5 & done');
    expect((await learner.run('ps ax | grep -c "[s]leep 5"')).text).toBe('3000\n');
    await learner.wait(6_000);
    const { text, longest } = await learner.run('');
    expect(text).toContain('[3000]+  Done                    sleep 5\n');
    expect(longest).toBeLessThan(HELD_UP);
  });
});
