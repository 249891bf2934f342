// Writes the course as scenes in the form of src/sim/recordings (requests only): every exercise's start and solution, played
// with the lesson's own commands, so that a real cluster can be asked the same. Usage: npm run --silent scenes -- OUT
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scene, SceneStep } from '../src/sim/recordings/format.ts';
import { lessonsOnDisk, type LessonOnDisk } from './lessons-on-disk.ts';

const out = process.argv[2];
if (out === undefined) {
  console.error('usage: npm run --silent scenes -- OUT');
  process.exit(2);
}

function sceneOf(lesson: LessonOnDisk, which: 'start' | 'solution'): Scene {
  const { exercise } = lesson;
  const steps: SceneStep[] = exercise.scene.commands.map(({ at, run }) => ({ at, run }));
  for (const { at, program } of exercise.scene.running) steps.push({ at, start: program });
  steps.push({ file: exercise.file, text: lesson[which] });
  for (const { at, run, whenReady, capture } of exercise.walkthrough) {
    if (whenReady !== undefined) steps.push({ wait: { pod: whenReady, ready: true } });
    steps.push(capture ? { at, run, capture } : { at, run });
  }
  const name = lesson.id.replace('/', '-');
  return { id: `${name}-${which}`, title: `${lesson.id}: ${which}`, steps };
}

const folder = join(out, 'cluster');
mkdirSync(folder, { recursive: true });
let written = 0;
for (const lesson of await lessonsOnDisk()) {
  for (const which of ['start', 'solution'] as const) {
    const scene = sceneOf(lesson, which);
    writeFileSync(join(folder, `${scene.id}.json`), `${JSON.stringify(scene, null, 2)}\n`);
    written++;
  }
}
console.log(`${written} scenes in ${folder}`);
