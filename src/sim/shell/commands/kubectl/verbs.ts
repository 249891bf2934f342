/** Every subcommand of kubectl, in the order of its overview. The only list of them. */
import { apply } from './apply.ts';
import { autoscale, deciding, kustomize } from './seldom.ts';
import { attach } from './attach.ts';
import { auth } from './auth.ts';
import { apiResources, apiVersions, clusterInfo, options, top, version } from './cluster-info.ts';
import { answering, commandGroup, notModelled } from './command-group.ts';
import { config } from './config.ts';
import { cp } from './cp.ts';
import { cordon, uncordon } from './cordon.ts';
import { create } from './create.ts';
import { debug } from './debug.ts';
import { remove } from './delete.ts';
import { describe } from './describe.ts';
import { diff } from './diff.ts';
import { drain } from './drain.ts';
import { edit } from './edit.ts';
import { events } from './events.ts';
import { exec } from './exec.ts';
import { explain } from './explain.ts';
import { expose } from './expose.ts';
import { Failure, usageFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { get } from './get.ts';
import { annotate, label } from './label.ts';
import { logs } from './logs.ts';
import { patch } from './patch.ts';
import { portForward } from './port-forward.ts';
import { replace } from './replace.ts';
import { rollout } from './rollout.ts';
import { run } from './run.ts';
import { scale } from './scale.ts';
import { set } from './set.ts';
import { taint } from './taint.ts';
import type { Verb } from './verb.ts';
import { wait } from './wait.ts';

const certificate = commandGroup({ name: 'certificate', group: 'Cluster Management Commands:', short: 'Modify certificate resources' }, [
  deciding('approve', 'Approve a certificate signing request'),
  deciding('deny', 'Deny a certificate signing request'),
]);
const proxy: Verb = {
  ...notModelled({ name: 'proxy', group: 'Troubleshooting and Debugging Commands:', short: 'Run a proxy to the Kubernetes API server' }),
  flags: flagsOf(
    'accept-hosts=',
    'accept-paths=',
    'address=',
    'api-prefix=',
    'disable-filter!',
    'keepalive~',
    'p|port#8001',
    'u|unix-socket=',
    'w|www=',
    'P|www-prefix=',
  ),
};
const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];

const completion = answering(
  {
    name: 'completion',
    group: 'Settings Commands:',
    short: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  },
  ([shell, ...more], path) => {
    if (shell === undefined) throw usageFailure(path, 'Shell not specified.');
    if (more.length > 0) throw usageFailure(path, 'Too many arguments. Expected only the shell type.');
    if (!SHELLS.includes(shell)) throw usageFailure(path, `Unsupported shell type ${JSON.stringify(shell)}.`);
    throw new Failure('kubectl completion is not modelled in this simulated cluster');
  },
);
const kuberc = commandGroup({ name: 'kuberc', group: 'Other Commands:', short: 'Manage kuberc configuration files' }, []);
const plugin = commandGroup(
  {
    name: 'plugin',
    group: 'Other Commands:',
    short: 'Provides utilities for interacting with plugins',
    long: 'Provides utilities for interacting with plugins.',
  },
  [
    answering({ name: 'list', short: "List all visible plugin executables on a user's PATH" }, () => {
      throw new Failure('unable to find any kubectl plugins in your PATH');
    }),
  ],
);

export const VERBS: readonly Verb[] = [
  create,
  expose,
  run,
  set,
  explain,
  get,
  edit,
  remove,
  rollout,
  scale,
  autoscale,
  certificate,
  clusterInfo,
  top,
  cordon,
  uncordon,
  drain,
  taint,
  describe,
  logs,
  attach,
  exec,
  portForward,
  proxy,
  cp,
  auth,
  debug,
  events,
  diff,
  apply,
  patch,
  replace,
  wait,
  kustomize,
  label,
  annotate,
  completion,
  apiResources,
  apiVersions,
  config,
  kuberc,
  plugin,
  version,
  options,
];
