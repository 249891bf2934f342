// Plays a folder of requests (see src/sim/recordings/README.md) on fresh simulated clusters and prints one JSON line per answer.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCluster } from '../src/sim/kube/create-cluster.ts';
import type { ApiCase, Answer, Scene } from '../src/sim/recordings/format.ts';
import { playApiCase } from '../src/sim/shell/api-case-player.ts';
import { playScene } from '../src/sim/shell/scene-player.ts';
import { World } from '../src/sim/shell/world.ts';
import { programsOnDisk } from './commands-on-disk.ts';

const folder = process.argv[2];
const only = process.argv[3];
if (folder === undefined) {
  console.error('usage: npm run --silent replay -- FOLDER [PART-OF-AN-ID]');
  process.exit(2);
}

const print = (answer: Answer): void => {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
};

function files(name: string, ending: string): readonly string[] {
  const path = join(folder ?? '', name);
  return existsSync(path)
    ? readdirSync(path)
        .filter((file) => file.endsWith(ending))
        .sort()
        .map((file) => join(path, file))
    : [];
}

const programs = await programsOnDisk();

const cases = files('apiserver', '.jsonl').flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as ApiCase),
);
for (const each of cases) {
  if (only !== undefined && !each.id.includes(only)) continue;
  for (const answer of await playApiCase(programs, each)) print(answer);
}

for (const file of files('cluster', '.json')) {
  const scene = JSON.parse(readFileSync(file, 'utf8')) as Scene;
  if (only !== undefined && !scene.id.includes(only)) continue;
  const world = new World(createCluster({ programs, seed: scene.id }));
  for (const answer of await playScene(world, scene)) print(answer);
  for (const { command, error } of world.faults) console.error(`${scene.id}: ${command}:`, error);
}
