// Runs everything that must be right before a change goes in, and ends with one line that sums it up.
// Each check counts as one; unit tests and browser journeys count one by one.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './find-chromium.ts';

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

interface Step extends Tally {
  readonly name: string;
  readonly seconds: number;
}

const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
const reports = mkdtempSync(join(tmpdir(), 'namespace-lab-'));
const steps: Step[] = [];

/** Runs one npm script or program with its output shown, and notes the result. */
function step(name: string, run: () => Tally): boolean {
  console.log(`\n=== ${name}`);
  const begun = Date.now();
  const tally = run();
  steps.push({ name, ...tally, seconds: (Date.now() - begun) / 1000 });
  return tally.failed === 0;
}

function program(command: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): boolean {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...env, ...more },
    shell: process.platform === 'win32',
  });
  return status === 0;
}

const one = (ok: boolean): Tally => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });
const script = (name: string): Tally => one(program('npm', ['run', '--silent', name]));

function unit(): Tally {
  const file = join(reports, 'unit.json');
  const ok = program('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  return counted(ok, file, (report: { numPassedTests: number; numFailedTests: number }) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
  }));
}

function e2e(): Tally {
  const chromium = ensureChromium();
  if (!chromium) return one(false);
  const file = join(reports, 'e2e.json');
  const ok = program('playwright', ['test', '--reporter=list,json'], {
    CHROME_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  return counted(ok, file, (report: { stats: { expected: number; flaky: number; unexpected: number } }) => ({
    passed: report.stats.expected + report.stats.flaky,
    failed: report.stats.unexpected,
  }));
}

/** Reads a runner's report; a run that failed without a failed test (a crash) counts as one failure. */
function counted<Report>(ok: boolean, file: string, read: (report: Report) => Tally): Tally {
  if (!existsSync(file)) return one(ok);
  const tally = read(JSON.parse(readFileSync(file, 'utf8')) as Report);
  return ok || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

/** Runs npm scripts that need one core each one after the other; each one's output is shown in one piece at its end. */
async function lane(scripts: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, npmScript] of Object.entries(scripts)) {
    const begun = Date.now();
    const output: Buffer[] = [];
    const child = spawn('npm', ['run', '--silent', npmScript], { env, shell: process.platform === 'win32' });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => output.push(piece));
    const ok = await new Promise<boolean>((resolve) => {
      child.on('error', (error) => {
        output.push(Buffer.from(String(error)));
        resolve(false);
      });
      child.on('close', (status) => resolve(status === 0));
    });
    console.log(`\n=== ${name}\n${Buffer.concat(output).toString('utf8').trimEnd()}`);
    steps.push({ name, ...one(ok), seconds: (Date.now() - begun) / 1000 });
  }
}

await Promise.all([
  lane({ types: 'check' }),
  lane({
    eslint: 'lint:code',
    format: 'lint:format',
    layers: 'lint:layers',
    unused: 'lint:unused',
    words: 'lint:words',
    // Says what translators have to do; a source may be ahead of its translations, and readers are told where.
    translations: 'i18n:status',
    'checks bite': 'prove',
  }),
]);
step('unit tests', unit);
const built = step('build', () => script('build'));
step('sizes', () => (built ? script('sizes') : one(false)));
step('links', () => (built ? script('links') : one(false)));
step('browser journeys', () => (built && existsSync('e2e') ? e2e() : one(built)));

console.log('\n=== summary');
for (const { name, passed, failed, seconds } of steps) {
  console.log(`${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`);
}
const total = (key: keyof Tally): number => steps.reduce((sum, { [key]: count }) => sum + count, 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 ? 0 : 1;
