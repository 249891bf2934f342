import { describe, expect, it } from 'vitest';
import { programIdOfFile } from '../sim/shell/program-table.ts';
import { commandNames, loadPrograms } from './programs.ts';

const onDisk = Object.keys(import.meta.glob('../sim/shell/commands/*/*.ts')).flatMap((path) => programIdOfFile(path) ?? []);

describe('the programs of a page', () => {
  it('are all commands that there are files for', { timeout: 60_000 }, async () => {
    const programs = await loadPrograms();
    expect(onDisk.length).toBeGreaterThan(200);
    for (const id of onDisk) expect(await programs.find(id), id).toBeTypeOf('function');
  });

  it('are there at once where booting needs them, and only those', async () => {
    const programs = await loadPrograms();
    const thereAtOnce = onDisk.filter((id) => typeof programs.find(id) === 'function');
    expect(thereAtOnce.sort()).toEqual([...programs.atBoot].sort());
    expect(programs.atBoot).toContain('kubelet/system');
  });

  it('are suggested by name where they are, those of booting among them', async () => {
    const programs = await loadPrograms();
    expect(commandNames(programs, 'machine')).toEqual(expect.arrayContaining(['kubectl', 'bash', 'ip', 'ps']));
    expect(commandNames(programs, 'container')).toEqual(expect.arrayContaining(['sh', 'sleep', 'ps']));
    expect(commandNames(programs, 'container')).not.toContain('kubectl');
  });
});
