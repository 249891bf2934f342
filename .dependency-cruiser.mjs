// The direction of imports (ARCHITECTURE.md, "Direction"), type imports included. Arrows point from left to
// right in `layers`; whoever is further right knows nothing of whoever is further left.
const layers = [
  'src/pages',
  'src/layouts',
  'src/components',
  'src/islands',
  'src/lab',
  'src/exercise',
  'src/sim/shell',
  'src/sim/kube',
  'src/sim/linux',
  'src/sim/engine',
];

const test = '\\.(test|testing)\\.ts$';

const direction = layers.slice(1).map((layer, index) => ({
  name: `direction-${layer.replace(/^src\//, '').replace('/', '-')}`,
  comment: `${layer} knows nothing of ${layers.slice(0, index + 1).join(', ')}`,
  severity: 'error',
  from: { path: `^${layer}/`, pathNot: test },
  to: { path: `^(${layers.slice(0, index + 1).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...direction,
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: '^src/sim/linux/' },
      to: { circular: true },
    },
    {
      // A kernel's structures name each other (a process its namespaces, a namespace its processes): there,
      // types may, code may not.
      name: 'no-cycles-of-code-in-the-kernel',
      severity: 'error',
      from: { path: '^src/sim/linux/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^astro:', '^virtual:', '^node:', '\\?'] },
    },
    {
      name: 'sim-kube-reaches-linux-only-by-its-edges',
      comment: 'The kubelet speaks CRI, the scheduler knows API objects: only cri, cni, proxy and the node assembly know hosts.',
      severity: 'error',
      from: {
        path: '^src/sim/kube/',
        pathNot: [test, '^src/sim/kube/(cri|cni|proxy|node)/', '^src/sim/kube/[^/]+\\.ts$'],
      },
      to: { path: '^src/sim/linux/' },
    },
    {
      name: 'pure-layers-know-no-words',
      comment: 'They emit codes and parameters; i18n turns them into words.',
      severity: 'error',
      from: { path: '^src/(sim|exercise)/', pathNot: test },
      to: { path: '^(src/i18n/|content/)' },
    },
    {
      name: 'pure-layers-know-no-machine',
      severity: 'error',
      from: { path: '^src/(sim|exercise)/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-layers-know-no-page-libraries',
      severity: 'error',
      from: { path: '^src/(sim|exercise)/' },
      to: { path: 'node_modules/(astro|@astrojs|preact|@preact|monaco-|@xterm|shiki|@shikijs)' },
    },
    {
      name: 'i18n-knows-only-locale-files',
      severity: 'error',
      from: { path: '^src/i18n/', pathNot: test },
      to: { path: '^src/(?!i18n/)' },
    },
    {
      name: 'content-knows-only-exercise',
      severity: 'error',
      from: { path: '^content/.*\\.ts$', pathNot: test },
      to: { path: '^src/(?!exercise/)' },
    },
    {
      name: 'nothing-in-src-knows-scripts-or-e2e',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { path: '^(scripts|e2e)/' },
    },
    {
      name: 'production-code-knows-no-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { path: test },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/sim/recordings/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
