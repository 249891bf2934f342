// Proves that the checks bite: plants one violation of each rule in a throwaway tree with the project's own
// configuration, and fails unless every planted one is reported and the clean files are not.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

interface Planted {
  /** Where the violation is put. */
  readonly file: string;
  readonly code: string;
  /** What the check must say about that file. */
  readonly expected: string;
}

const lint = (name: string, code: string, expected: string): Planted => ({
  file: `src/sim/engine/planted-${name}.ts`,
  code,
  expected,
});

const planted: Readonly<Record<'eslint' | 'depcruise' | 'tsc', readonly Planted[]>> = {
  eslint: [
    lint('clock', 'export const a = Date.now();\n', 'no-restricted-properties'),
    lint('date', 'export const a = new Date();\n', 'no-restricted-syntax'),
    lint('date-call', 'export const a = Date();\n', 'no-restricted-syntax'),
    lint('dice', 'export const a = Math.random();\n', 'no-restricted-properties'),
    lint('timer', 'setTimeout(() => 1, 1);\n', 'no-restricted-globals'),
    lint('performance', 'export const a = performance.now();\n', 'no-restricted-globals'),
    lint('page', 'export const a = document.title;\n', 'no-restricted-globals'),
    lint('locale', 'export const a = new Intl.NumberFormat();\n', 'no-restricted-globals'),
    lint('to-locale', 'export const a = (1).toLocaleString();\n', 'no-restricted-syntax'),
    lint('node', "import 'node:fs';\n", 'no-restricted-imports'),
    lint('raw', "import text from './a.txt?raw';\nexport const a = text;\n", 'no-restricted-imports'),
    lint('vite', 'export const a = import.meta.url;\n', 'no-restricted-syntax'),
    lint('any', 'export const a: any = 1;\n', 'no-explicit-any'),
    lint('enum', 'export enum A { B }\n', 'no-restricted-syntax'),
    lint('default', 'const a = 1;\nexport default a;\n', 'no-restricted-exports'),
    lint('long', '// line\n'.repeat(401), 'max-lines'),
    lint('type-import', "import { clean } from './clean.ts';\nexport type A = typeof clean;\n", 'consistent-type-imports'),
    lint('parameters', 'export const f = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];\n', 'max-params'),
    lint('promise', 'export function f(): void {\n  Promise.resolve(1);\n}\n', 'no-floating-promises'),
    lint(
      'switch',
      "export function f(a: 'x' | 'y'): number {\n  switch (a) {\n    case 'x':\n      return 1;\n  }\n  return 2;\n}\n",
      'switch-exhaustiveness-check',
    ),
    {
      file: 'src/exercise/planted-dice.ts',
      code: 'export const a = Math.random();\n',
      expected: 'no-restricted-properties',
    },
    {
      file: 'src/components/planted-vite.ts',
      code: 'export const a = import.meta.env;\n',
      expected: 'no-restricted-syntax',
    },
  ],
  depcruise: [
    {
      file: 'src/sim/engine/up-to-linux.ts',
      code: "import type { A } from '../linux/clean.ts';\nexport type B = A;\n",
      expected: 'direction-sim-engine',
    },
    {
      file: 'src/sim/linux/up-to-kube.ts',
      code: "import type { A } from '../kube/clean.ts';\nexport type B = A;\n",
      expected: 'direction-sim-linux',
    },
    {
      file: 'src/sim/kube/up-to-shell.ts',
      code: "import type { A } from '../shell/clean.ts';\nexport type B = A;\n",
      expected: 'direction-sim-kube',
    },
    {
      file: 'src/sim/shell/up-to-exercise.ts',
      code: "import type { A } from '../../exercise/clean.ts';\nexport type B = A;\n",
      expected: 'direction-sim-shell',
    },
    {
      file: 'src/exercise/up-to-lab.ts',
      code: "import type { A } from '../lab/clean.ts';\nexport type B = A;\n",
      expected: 'direction-exercise',
    },
    {
      file: 'src/lab/up-to-islands.ts',
      code: "import type { A } from '../islands/clean.ts';\nexport type B = A;\n",
      expected: 'direction-lab',
    },
    {
      file: 'src/islands/up-to-components.ts',
      code: "import type { A } from '../components/clean.ts';\nexport type B = A;\n",
      expected: 'direction-islands',
    },
    {
      file: 'src/components/up-to-layouts.ts',
      code: "import type { A } from '../layouts/clean.ts';\nexport type B = A;\n",
      expected: 'direction-components',
    },
    {
      file: 'src/layouts/up-to-pages.ts',
      code: "import type { A } from '../pages/clean.ts';\nexport type B = A;\n",
      expected: 'direction-layouts',
    },
    {
      file: 'src/sim/engine/circle-a.ts',
      code: "import type { B } from './circle-b.ts';\nexport type A = B | 1;\n",
      expected: 'no-cycles',
    },
    {
      file: 'src/sim/linux/code-circle-a.ts',
      code: "import { b } from './code-circle-b.ts';\nexport const a = (): number => b;\n",
      expected: 'no-cycles-of-code-in-the-kernel',
    },
    {
      file: 'src/sim/kube/kubelet/knows-hosts.ts',
      code: "import type { A } from '../../linux/clean.ts';\nexport type B = A;\n",
      expected: 'sim-kube-reaches-linux-only-by-its-edges',
    },
    {
      file: 'src/exercise/knows-words.ts',
      code: "import type { A } from '../i18n/clean.ts';\nexport type B = A;\n",
      expected: 'pure-layers-know-no-words',
    },
    {
      file: 'src/sim/engine/knows-machine.ts',
      code: "import 'node:fs';\n",
      expected: 'pure-layers-know-no-machine',
    },
    {
      file: 'src/sim/engine/knows-preact.ts',
      code: "import 'preact';\n",
      expected: 'pure-layers-know-no-page-libraries',
    },
    { file: 'src/sim/engine/goes-nowhere.ts', code: "import './gone.ts';\n", expected: 'no-unresolvable' },
    {
      file: 'src/i18n/knows-lab.ts',
      code: "import type { A } from '../lab/clean.ts';\nexport type B = A;\n",
      expected: 'i18n-knows-only-locale-files',
    },
    {
      file: 'content/lessons/010-a/010-b/exercise.ts',
      code: "import type { A } from '../../../../src/sim/engine/clean.ts';\nexport type B = A;\n",
      expected: 'content-knows-only-exercise',
    },
    {
      file: 'src/lab/knows-scripts.ts',
      code: "import '../../scripts/clean.ts';\n",
      expected: 'nothing-in-src-knows-scripts-or-e2e',
    },
    {
      file: 'src/sim/engine/knows-tests.ts',
      code: "import './clean.test.ts';\n",
      expected: 'production-code-knows-no-tests',
    },
  ],
  tsc: [
    lint('dom', 'export const title = document.title;\n', 'TS2584'),
    lint('timers', 'export const timer = setTimeout;\n', 'TS2304'),
    lint('machine', 'export const env = process.env;\n', 'TS2591'),
    lint('index', "export const first = ['a'][0].length;\n", 'TS2532'),
    lint('optional', 'export const a: { b?: string } = { b: undefined };\n', 'TS2375'),
    lint('bracket', 'const a: Record<string, string> = {};\nexport const b = a.c;\n', 'TS4111'),
    lint('unused', 'const unused = 1;\nexport {};\n', 'TS6133'),
    lint('erasable', 'export enum A { B }\n', 'TS1294'),
    lint('type-import', "import { A } from '../linux/clean.ts';\nexport type B = A;\n", 'TS1484'),
  ],
};

const clean = [
  ...['pages', 'layouts', 'components', 'islands', 'lab', 'exercise', 'i18n'].map((layer) => `src/${layer}/clean.ts`),
  ...['shell', 'kube', 'kube/cri', 'linux', 'engine'].map((layer) => `src/sim/${layer}/clean.ts`),
  'src/sim/engine/clean.test.ts',
  'scripts/clean.ts',
];
const allowed: readonly Planted[] = [
  {
    file: 'src/sim/kube/cri/knows-hosts.ts',
    code: "import type { A } from '../../linux/clean.ts';\nexport type B = A;\n",
    expected: '',
  },
  { file: 'src/lab/knows-vite.ts', code: 'export const a = import.meta.url;\n', expected: '' },
];

const project = process.cwd();

function plant(kind: keyof typeof planted): string {
  const root = mkdtempSync(join(tmpdir(), 'prove-checks-'));
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.sim.json', 'eslint.config.mjs', '.dependency-cruiser.mjs']) {
    copyFileSync(join(project, file), join(root, file));
  }
  symlinkSync(resolve(project, 'node_modules'), join(root, 'node_modules'));
  const write = (file: string, code: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), code);
  };
  for (const file of clean) write(file, 'export type A = 1;\nexport const clean = 1;\n');
  for (const { file, code } of [...allowed, ...planted[kind]]) write(file, code);
  // The other halves of the planted cycles.
  if (kind === 'depcruise') {
    write('src/sim/engine/circle-b.ts', "import type { A } from './circle-a.ts';\nexport type B = A;\n");
    write('src/sim/linux/code-circle-b.ts', "import { a } from './code-circle-a.ts';\nexport const b = a();\n");
  }
  return root;
}

/** What a check says, as lines `file rule`. */
function reported(kind: keyof typeof planted, root: string): string[] {
  const run = ([program = '', ...args]: readonly string[]): string =>
    spawnSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8 }).stdout;
  switch (kind) {
    case 'eslint': {
      const results = JSON.parse(run(['eslint', '--format', 'json', '.'])) as {
        filePath: string;
        messages: { ruleId: string | null; severity: number; message: string }[];
      }[];
      return results.flatMap(({ filePath, messages }) =>
        messages
          .filter(({ severity }) => severity === 2)
          .map(({ ruleId, message }) => `${filePath.slice(filePath.indexOf(root) + root.length + 1)} ${ruleId ?? message}`),
      );
    }
    case 'depcruise': {
      const { summary } = JSON.parse(run(['depcruise', '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'src', 'content'])) as {
        summary: { violations: { from: string; rule: { name: string } }[] };
      };
      return summary.violations.map(({ from, rule }) => `${from} ${rule.name}`);
    }
    case 'tsc':
      return run(['tsc', '-p', 'tsconfig.sim.json', '--pretty', 'false'])
        .split('\n')
        .map((line) => line.replace(/\(.*error (TS\d+).*/, ' $1'));
  }
}

let failures = 0;
for (const kind of ['eslint', 'depcruise', 'tsc'] as const) {
  const root = plant(kind);
  const lines = reported(kind, root);
  for (const { file, expected } of planted[kind]) {
    const caught = lines.some((line) => line.startsWith(`${file} `) && line.endsWith(expected));
    if (!caught) {
      failures += 1;
      console.error(`✗ ${kind}: ${expected} not reported for ${file}: ${lines.filter((line) => line.startsWith(file)).join('; ')}`);
    }
  }
  for (const file of [...clean, ...allowed.map((each) => each.file)]) {
    const wrong = lines.filter((line) => line.startsWith(`${file} `));
    if (wrong.length > 0) {
      failures += 1;
      console.error(`✗ ${kind}: the clean file is reported: ${wrong.join('; ')}`);
    }
  }
  console.log(`${kind}: ${planted[kind].length} violations planted`);
  rmSync(root, { recursive: true });
}
console.log(failures === 0 ? 'Every planted violation was reported.' : `${failures} not as expected`);
process.exitCode = failures === 0 ? 0 : 1;
