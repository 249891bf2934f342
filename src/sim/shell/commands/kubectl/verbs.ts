/** Every subcommand of kubectl, in the order of its overview. The only list of them. */
import { apply } from './apply.ts';
import { attach } from './attach.ts';
import { cordon, uncordon } from './cordon.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { describe } from './describe.ts';
import { drain } from './drain.ts';
import { exec } from './exec.ts';
import { get } from './get.ts';
import { annotate, label } from './label.ts';
import { logs } from './logs.ts';
import { patch } from './patch.ts';
import { replace } from './replace.ts';
import { scale } from './scale.ts';
import { taint } from './taint.ts';
import { wait } from './wait.ts';
import type { Verb } from './verb.ts';

export const VERBS: readonly Verb[] = [
  create, get, remove, scale, cordon, uncordon, drain, taint, describe, logs, attach, exec, apply, patch, replace, wait, label, annotate,
];
