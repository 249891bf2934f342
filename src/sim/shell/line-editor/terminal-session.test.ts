import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ShellMachine } from '../shell-machine.testing.ts';
import { playSession, visible, type RecordedSession } from '../terminal-session.testing.ts';

const recorded = JSON.parse(readFileSync(new URL('../../recordings/terminal/node-jobs.json', import.meta.url), 'utf8')) as RecordedSession;

async function opened(family: 'debian' | 'busybox' = 'debian'): Promise<(keys: string, seconds?: number) => Promise<string>> {
  const terminal = new ShellMachine(family).terminal();
  await terminal.type('', 1);
  return async (keys, seconds) => visible(await terminal.type(keys, seconds));
}

describe('a shell at a terminal', () => {
  it('shows what the recorded session with jobs, history and keys showed', async () => {
    for (const step of await playSession(new ShellMachine('debian').terminal(), recorded))
      expect([step.type, step.actual]).toEqual([step.type, step.expected]);
  });

  it('edits in the middle of a line', async () => {
    const type = await opened();
    await type('echo ac\u001b[Db\u0001\u000b');
    expect(await type('\u0019\n')).toContain('abc\n');
  });

  it('treats wide characters as one each', async () => {
    const type = await opened();
    expect(await type('echo 命名空间x\u007f\u007f\n')).toContain('\n命名空\n');
  });

  it('finds earlier lines with Ctrl-R', async () => {
    const type = await opened();
    await type('echo first\necho second\n', 1);
    expect(await type('\u0012fir\n', 1)).toContain('\nfirst\n');
  });

  it('lists what Tab could complete at the second time', async () => {
    const type = await opened();
    await type('mkdir /tmp/ab1 /tmp/ab2\n');
    await type('ls /tmp/a\t');
    expect(await type('\t')).toContain('ab1/  ab2/');
  });

  it('gives up the line at Ctrl-C and ends at Ctrl-D', async () => {
    const type = await opened();
    expect(await type('echo no\u0003')).toBe('echo no^C\n[root@server5-node1 ~]#');
    expect(await type('echo $?\n')).toContain('\n130\n');
    expect(await type('\u0004')).toBe('\nexit\n');
  });

  it('runs pasted lines one after the other', async () => {
    const type = await opened();
    expect(await type('\u001b[200~cat > /tmp/f <<END\na: 1\nEND\necho $(cat /tmp/f)\n\u001b[201~', 1)).toContain('\na: 1\n');
  });

  it('knows the size of its window, and keeps it from programs', async () => {
    const type = await opened();
    expect(await type('echo $COLUMNS:$LINES; env | grep -c COLUMNS; declare -p COLUMNS\n')).toMatch(/\n(\d+):\d+\n0\ndeclare -- COLUMNS="\1"\n/);
  });

  it('expands aliases in pipelines too', async () => {
    const type = await opened();
    await type("alias two='printf a\\\\nb\\\\n'\n");
    expect(await type('two | wc -l\n')).toContain('\n2\n');
  });

  it('interrupts a loop of builtins', async () => {
    const type = await opened();
    await type('while true; do :; done\n');
    expect(await type('\u0003')).toBe('^C\n[root@server5-node1 ~]#');
  });

  it('prompts in containers as BusyBox does', async () => {
    const type = await opened('busybox');
    expect(await type('cd /tmp\n')).toBe('cd /tmp\n/tmp #');
    expect(await type('sleep 50 &\n')).toBe('sleep 50 &\n/tmp #');
    expect(await type('jobs\n')).toBe('jobs\n[1]+  Running                    sleep 50\n/tmp #');
  });

  it('lets vi change a file', async () => {
    const type = await opened();
    await type('vi /tmp/pod.yaml\n', 1);
    await type('ikind: Pot\u001b', 1);
    await type('$rd:wq\n', 1);
    expect(await type('cat /tmp/pod.yaml\n')).toContain('\nkind: Pod\n');
  });

  it('runs through the pages of less', async () => {
    const type = await opened();
    await type('seq 100 > /tmp/n\n');
    expect(await type('less /tmp/n\n')).toContain('\n23\n/tmp/n');
    expect(await type('G')).toContain('\n100\n(END)');
    expect(await type('q')).toContain('[root@server5-node1 ~]#');
  });
});
