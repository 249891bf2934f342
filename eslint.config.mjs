// Lint rules beyond types and layout: the house style, and the purity of the simulator and the exercises.
import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import tseslint from 'typescript-eslint';

const pure = ['src/sim/**/*.ts', 'src/exercise/**/*.ts'];
const tests = ['**/*.test.ts', '**/*.testing.ts', 'e2e/**'];

/** What the simulated world must not see: clocks, dice, the page, the machine and any locale. */
const impureGlobals = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'queueMicrotask',
  'requestAnimationFrame',
  'requestIdleCallback',
  'performance',
  'crypto',
  'fetch',
  'window',
  'document',
  'navigator',
  'location',
  'localStorage',
  'sessionStorage',
  'self',
  'globalThis',
  'process',
  'Buffer',
  'console',
  'Intl',
];

const enumRule = {
  selector: 'TSEnumDeclaration',
  message: 'No enums: use a union of string literals.',
};
const namespaceRule = {
  selector: 'TSModuleDeclaration[kind="namespace"]',
  message: 'No TypeScript namespaces: use modules.',
};
const parameterPropertyRule = {
  selector: 'TSParameterProperty',
  message: 'No parameter properties: they are not erasable.',
};

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      '.astro/**',
      'coverage/**',
      'shots/**',
      'bench-results/**',
      'test-results/**',
      'playwright-report/**',
      'src/sim/recordings/**',
      'src/env.d.ts',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...astro.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { house: { rules: { 'max-lines-wish': builtinRules.get('max-lines') } } },
  },
  {
    files: ['**/*.{ts,tsx,mjs,astro}'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-params': ['error', { max: 3 }],
      eqeqeq: 'error',
      'no-console': 'off',
      // Control characters are what terminals are made of.
      'no-control-regex': 'off',
      'no-restricted-syntax': ['error', enumRule, namespaceRule, parameterPropertyRule],
      'no-empty-pattern': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  { files: tests, rules: { 'max-lines': 'off' } },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: tests,
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'house/max-lines-wish': ['warn', { max: 250 }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src/sim/**/*.ts', 'src/exercise/**/*.ts', 'src/lab/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
    },
  },
  {
    files: pure,
    ignores: tests,
    rules: {
      'no-restricted-globals': [
        'error',
        ...impureGlobals.map((name) => ({
          name,
          message: 'The simulated world and the exercises see no clock, dice, page, machine or locale.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Use virtual time.' },
        { object: 'Math', property: 'random', message: 'Use the seeded random source.' },
      ],
      'no-restricted-syntax': [
        'error',
        enumRule,
        namespaceRule,
        parameterPropertyRule,
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Use virtual time.' },
        { selector: 'CallExpression[callee.name="Date"]', message: 'Use virtual time.' },
        {
          selector: 'MetaProperty[meta.name="import"]',
          message: 'import.meta belongs to lab, i18n, pages, islands and content/**/exercise.ts.',
        },
        {
          selector: 'MemberExpression[property.name=/^toLocale/]',
          message: 'No locale in the simulated world and the exercises.',
        },
        {
          selector: 'MemberExpression[property.name="localeCompare"]',
          message: 'Compare code units instead.',
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^node:', message: 'The simulated world runs in a page as well.' },
            {
              regex: '\\?(raw|url|worker|inline)$',
              message: 'Vite-only imports belong to lab, i18n, pages, islands.',
            },
          ],
        },
      ],
    },
  },
  {
    // Vite-only features stay where Vite is; content reads its neighbours through them.
    files: ['src/**/*.{ts,tsx}', 'content/**/*.ts'],
    ignores: ['src/lab/**', 'src/i18n/**', 'src/pages/**', 'src/islands/**', 'content/**/exercise.ts', ...pure, ...tests],
    rules: {
      'no-restricted-syntax': [
        'error',
        enumRule,
        namespaceRule,
        parameterPropertyRule,
        {
          selector: 'MetaProperty[meta.name="import"]',
          message: 'import.meta belongs to lab, i18n, pages, islands and content/**/exercise.ts.',
        },
      ],
    },
  },
);
