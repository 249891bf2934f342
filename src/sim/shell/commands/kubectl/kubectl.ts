/**
 * kubectl v1.37.2: finds the subcommand, reads its flags, runs it and words its failure. Which subcommands there are is
 * said in verbs.ts; what they do, in their own files.
 */
import type { Command } from '../../command.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { completeWords } from './complete-words.ts';
import { GLOBAL_FLAGS } from './common-flags.ts';
import { Failure } from './failure.ts';
import { demandRequired, HelpRequest, parseFlags } from './flags.ts';
import type { Flag } from './flags.ts';
import { helpText, overviewText } from './help.ts';
import { Session } from './session.ts';
import { suggestionsFor } from './suggestions.ts';
import type { Verb } from './verb.ts';
import { VERBS } from './verbs.ts';

/** Virtual milliseconds until a Go program of this size has begun, and its discovery cache is read; and until it has ended. */
const START = 35;
const END = 12;

export const command: Command = {
  name: 'kubectl',
  suite: 'kubectl',
  summary: { zh: '查看和修改集群里的对象', en: 'shows and changes the objects of the cluster' },
  options: ['-n', '-f', '-o', '-l', '-A', '-w', '-c', '-it'],
  complete: (context, words) => completeWords(VERBS, context, words),
  *run(context) {
    context.process.threads = 8;
    yield* context.sleep(START);
    let exitCode: number;
    try {
      exitCode = yield* dispatch(context);
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      context.err(failure.text);
      exitCode = failure.exitCode;
    }
    yield* context.sleep(END);
    return exitCode;
  },
};

/** cobra's help command: the help of what the words lead to. */
function help(context: ProcessContext, words: readonly string[]): number {
  const { verb, path } = chosenVerb(words.filter((word) => !word.startsWith('-')));
  if (verb === undefined && words.length > 0) {
    context.err(`Unknown help topic [${words.map((word) => `\`${word}\``).join(' ')}]\n${overviewText(VERBS)}`);
    return 0;
  }
  context.out(verb === undefined ? overviewText(VERBS) : helpText(verb, path));
  return 0;
}

interface Chosen {
  readonly verb: Verb | undefined;
  readonly path: string;
  /** The words that are left, flags among them. */
  readonly words: readonly string[];
}

function* dispatch(context: ProcessContext): Running {
  if (context.args[0] === 'help') return help(context, context.args.slice(1));
  const { verb, path, words } = chosenVerb(context.args);
  if (verb === undefined) return root(context, words);
  // A subcommand's own flag hides a global one of the same name.
  const flags = [...GLOBAL_FLAGS, ...verb.flags];
  try {
    const { args, dash, values } = parseFlags(words, flags, path);
    demandRequired(verb.flags, values);
    return yield* verb.run(new Session(context, values, path.split(' ')[1] ?? ''), { args, dash, flags: values, path });
  } catch (request) {
    if (!(request instanceof HelpRequest)) throw request;
    context.out(helpText(verb, path));
    return 0;
  }
}

/** Walks down the subcommands as cobra's Find does: flags (and what they take) are passed over. */
function chosenVerb(words: readonly string[]): Chosen {
  let verbs: readonly Verb[] = VERBS;
  let verb: Verb | undefined;
  let path = 'kubectl';
  let rest = words;
  for (;;) {
    const at = firstArgument(rest, [...(verb?.flags ?? []), ...GLOBAL_FLAGS]);
    const word = rest[at];
    const next = at < 0 ? undefined : verbs.find((each) => each.name === word || (each.aliases ?? []).includes(word ?? ''));
    if (next === undefined) return { verb, path, words: rest };
    verb = next;
    path = `${path} ${next.name}`;
    rest = [...rest.slice(0, at), ...rest.slice(at + 1)];
    verbs = next.children ?? [];
    if (verbs.length === 0) return { verb, path, words: rest };
  }
}

function firstArgument(words: readonly string[], flags: readonly Flag[]): number {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') return -1;
    if (!word.startsWith('-') || word === '-') return i;
    if (word.includes('=')) continue;
    const flag = word.startsWith('--')
      ? flags.find((each) => each.name === word.slice(2))
      : word.length === 2
        ? flags.find((each) => each.short === word[1])
        : undefined;
    const alone = flag === undefined ? word.length !== 2 : flag.bare !== undefined;
    if (!alone) i++;
  }
  return -1;
}

function root(context: ProcessContext, words: readonly string[]): number {
  const at = firstArgument(words, GLOBAL_FLAGS);
  const word = words[at];
  if (at >= 0 && word !== undefined) {
    const similar = suggestionsFor(word, VERBS);
    const hint = similar.length === 0 ? '' : `\n\nDid you mean this?\n${similar.map((name) => `\t${name}`).join('\n')}\n`;
    throw new Failure(`unknown command "${word}" for "kubectl"${hint}`);
  }
  try {
    parseFlags(words, GLOBAL_FLAGS, 'kubectl');
  } catch (request) {
    if (!(request instanceof HelpRequest)) throw request;
  }
  context.out(overviewText(VERBS));
  return 0;
}
