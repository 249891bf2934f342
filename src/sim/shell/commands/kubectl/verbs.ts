/** Every subcommand of kubectl, in the order of its overview. The only list of them. */
import { apply } from './apply.ts';
import { attach } from './attach.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { describe } from './describe.ts';
import { exec } from './exec.ts';
import { get } from './get.ts';
import { logs } from './logs.ts';
import { replace } from './replace.ts';
import type { Verb } from './verb.ts';

export const VERBS: readonly Verb[] = [create, get, remove, describe, logs, attach, exec, apply, replace];
