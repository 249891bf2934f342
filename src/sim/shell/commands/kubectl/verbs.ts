/** Every subcommand of kubectl, in the order of its overview. The only list of them. */
import { apply } from './apply.ts';
import { attach } from './attach.ts';
import { auth } from './auth.ts';
import { apiResources, apiVersions, clusterInfo, options, top, version } from './cluster-info.ts';
import { config } from './config.ts';
import { cp } from './cp.ts';
import { cordon, uncordon } from './cordon.ts';
import { create } from './create.ts';
import { debug } from './debug.ts';
import { remove } from './delete.ts';
import { describe } from './describe.ts';
import { drain } from './drain.ts';
import { edit } from './edit.ts';
import { events } from './events.ts';
import { exec } from './exec.ts';
import { explain } from './explain.ts';
import { expose } from './expose.ts';
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

export const VERBS: readonly Verb[] = [
  create, expose, run, set, explain, get, edit, remove, rollout, scale, clusterInfo, top, cordon, uncordon, drain, taint, describe, logs, attach, exec, portForward, cp, auth,
  debug, events, apply, patch, replace, wait, label, annotate, apiResources, apiVersions, config, version, options,
];
