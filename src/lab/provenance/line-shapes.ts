/**
 * Takes a command line apart, with the shell's own parser, into the shapes of all that it runs: members of pipelines and
 * lists, what stands in `$(…)`, the command behind `kubectl exec … --`, `sh -c`, `timeout` and their like.
 */
import { parseScript, type DialectName } from '../../sim/shell/interpreter/parse-script.ts';
import type { Assignment, Command, List, Redirection, SimpleCommand, TestExpression, Word } from '../../sim/shell/interpreter/syntax.ts';
import { readIp } from './ip-words.ts';
import { readKubectl } from './kubectl-words.ts';
import { isKnown, plainWord, UNKNOWN, type PlainWord } from './plain-word.ts';
import { keyOf, type LineShapes, type Place, type Shape, type Surroundings } from './shape.ts';
import { columnsOf, computedFile, readWords } from './tool-words.ts';

/** A longer line is not looked at. */
const LONGEST = 4_000;
/** Texts within texts: `sh -c "sh -c …"`. */
const DEEPEST = 8;

/** Tools that run another command: how many operands come before it. */
const RUNNERS: Readonly<Record<string, number>> = {
  chroot: 1,
  command: 0,
  env: 0,
  exec: 0,
  nice: 0,
  nohup: 0,
  nsenter: 0,
  setsid: 0,
  time: 0,
  timeout: 1,
  unshare: 0,
  watch: 0,
  xargs: 0,
};
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash']);

/** Thrown where what runs is known to the running shell only. */
class Unknowable extends Error {}

/** @returns undefined when the line is empty, is no whole command, or decides only while running what it runs */
export function lineShapes(line: string, surroundings: Surroundings): LineShapes | undefined {
  if (line.length > LONGEST) return undefined;
  const reader = new LineReader(surroundings);
  try {
    reader.text(line, surroundings.place, surroundings.place === 'busybox' ? 'ash' : 'bash');
  } catch (reason) {
    if (!(reason instanceof Unknowable)) throw reason;
    return undefined;
  }
  return reader.shapes.length === 0
    ? undefined
    : { shapes: reader.shapes, last: reader.alone ? reader.shapes.find(({ key }) => key === reader.lastKey) : undefined };
}

class LineReader {
  readonly shapes: Shape[] = [];
  /** So far one command, and those that it runs in its place. */
  alone = true;
  lastKey = '';
  readonly #surroundings: Surroundings;
  #depth = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  text(text: string, place: Place, dialect: DialectName): void {
    if (this.#depth >= DEEPEST) throw new Unknowable();
    this.#depth++;
    const { statements, problem, openHereDocuments } = parseScript(text, dialect);
    if (problem || openHereDocuments.length > 0) throw new Unknowable();
    if (statements.length !== 1) this.alone = false;
    this.#list(statements, place);
    this.#depth--;
  }

  #add(shape: Shape): void {
    this.shapes.push(shape);
  }

  #list(list: List, place: Place): void {
    for (const { command, background } of list) {
      if (background) this.alone = false;
      this.#command(command, place);
    }
  }

  #command(command: Command, place: Place): void {
    if (command.kind === 'simple') {
      this.#simple(command, place);
      return;
    }
    if (command.kind === 'redirected') {
      this.#redirections(command.redirections, place);
      this.#command(command.command, place);
      return;
    }
    this.alone = false;
    if (command.kind === 'pipeline') for (const each of command.commands) this.#command(each, place);
    else if (command.kind === 'and-or') for (const each of [command.first, ...command.rest.map((more) => more.command)]) this.#command(each, place);
    else this.#compound(command, place);
  }

  #compound(command: Exclude<Command, { kind: 'simple' | 'redirected' | 'pipeline' | 'and-or' }>, place: Place): void {
    const { kind, source } = command;
    this.#add({ place, key: `(${kind})`, source });
    switch (command.kind) {
      case 'if':
        for (const { condition, body } of command.branches) this.#lists(place, condition, body);
        if (command.otherwise) this.#list(command.otherwise, place);
        return;
      case 'for':
      case 'select':
        this.#words(command.words ?? [], place);
        this.#list(command.body, place);
        return;
      case 'while':
        this.#lists(place, command.condition, command.body);
        return;
      case 'case':
        this.#words([command.word, ...command.items.flatMap(({ patterns }) => patterns)], place);
        for (const { body } of command.items) this.#list(body, place);
        return;
      case 'counting-for':
      case 'subshell':
      case 'group':
        this.#list(command.body, place);
        return;
      case 'function':
        this.#command(command.body, place);
        return;
      case 'test':
        this.#test(command.expression, place);
        return;
      case 'arithmetic':
        this.#words([command.expression], place);
    }
  }

  #lists(place: Place, ...lists: readonly List[]): void {
    for (const list of lists) this.#list(list, place);
  }

  #test(test: TestExpression, place: Place): void {
    if (test.kind === 'unary') this.#words([test.operand], place);
    else if (test.kind === 'binary') this.#words([test.left, test.right], place);
    else if (test.kind === 'not') this.#test(test.operand, place);
    else for (const each of test.operands) this.#test(each, place);
  }

  /** What is run to make these words. */
  #words(words: readonly Word[], place: Place): void {
    for (const { parts } of words) {
      for (const part of parts) {
        if (part.kind !== 'command' && part.kind !== 'process') continue;
        this.alone = false;
        if (part.script.problem) throw new Unknowable();
        this.#list(part.script.statements, place);
      }
    }
  }

  #redirections(redirections: readonly Redirection[], place: Place): void {
    for (const { operator, target } of redirections) {
      this.#words([target], place);
      const file = operator === '<' ? computedFile('cat', plainWord(target).text, UNKNOWN) : undefined;
      if (file !== undefined) this.#add({ place, key: file, source: `< ${target.source}` });
    }
  }

  #assignments(assignments: readonly Assignment[], place: Place): void {
    for (const { value } of assignments) this.#words(Array.isArray(value) ? (value as readonly Word[]) : [value as Word], place);
  }

  #simple({ assignments, words, redirections, source }: SimpleCommand, place: Place): void {
    this.#assignments(assignments, place);
    this.#words(words, place);
    this.#redirections(redirections, place);
    if (words.length === 0) this.#add({ place, key: '(assignment)', source });
    else this.#run(words.map(plainWord), place);
  }

  /** A command whose words are known. */
  #run(words: readonly PlainWord[], place: Place): void {
    const [first, ...args] = words;
    if (!first || !isKnown(first)) throw new Unknowable();
    const name = first.text.replace(/^(?:\/usr(?:\/local)?)?\/s?bin\//, '');
    const command = { name, args, place, source: words.map(({ source }) => source).join(' ') };
    if (name === 'kubectl') this.#kubectl(command);
    else if (name === 'ip') this.#ip(command);
    else if (SHELLS.has(name)) this.#shell(command);
    else if (Object.hasOwn(RUNNERS, name)) this.#runner(command);
    else if (name === 'eval' || name === '.' || name === 'source') throw new Unknowable();
    else this.#tool(command);
  }

  #named(place: Place, key: string, source: string): void {
    this.lastKey = key;
    this.#add({ place, key, source });
  }

  #tool({ name, args, place, source }: Named): void {
    const texts = args.map(({ text }) => text);
    const read = readWords(name, texts);
    const files = read.operands.flatMap((operand) => computedFile(name, operand, UNKNOWN) ?? []);
    this.#named(place, keyOf([name, ...read.words], optionNames(read), marks(read.operands)), source);
    for (const column of columnsOf(name, read)) this.#add({ place, key: `${name} column ${column}`, source });
    for (const file of files) this.#add({ place, key: file, source });
  }

  #kubectl({ args, place, source }: Named): void {
    const { words, options, operands, flags, behindDash } = readKubectl(args.map(({ text }) => text));
    const verb = words[0] ?? '';
    const runs = behindDash === undefined ? [] : args.slice(behindDash);
    const told = runs.length > 0 ? source.slice(0, source.length - runs.map((each) => each.source).join(' ').length).trimEnd() : source;
    this.#named(place, keyOf(['kubectl', ...words], options, [...marks(operands), ...(runs.length > 0 ? ['--'] : [])]), told);
    if (runs.length === 0) return;
    // What `run` and `debug` start shows only to those who are attached to it.
    if (verb !== 'exec' && !((verb === 'run' || verb === 'debug') && (flags.has('stdin') || flags.has('attach')))) return;
    const tools = verb === 'exec' ? this.#surroundings.toolsIn(operands[0] ?? '', flags.get('container')) : toolsOfImage(flags.get('image') ?? '');
    if (tools === undefined) throw new Unknowable();
    this.#run(runs, tools);
  }

  #ip({ args, place, source }: Named): void {
    const { words, options, operands, runs } = readIp(args.map(({ text }) => text));
    this.#named(place, keyOf(['ip', ...words], optionNames({ options }), marks(operands)), source);
    if (runs !== undefined) this.#run(args.slice(runs), place);
  }

  #shell({ name, args, place, source }: Named): void {
    const { options, operands } = readWords(
      name,
      args.map(({ text }) => text),
      true,
    );
    const takesText = options.some((each) => each.name === '-c');
    this.#named(place, keyOf([name], optionNames({ options }), takesText ? [] : marks(operands)), source);
    if (!takesText) return;
    const [text] = operands;
    if (text === undefined || text.includes(UNKNOWN)) throw new Unknowable();
    this.text(text, place, place === 'busybox' ? 'ash' : name === 'bash' ? 'bash' : 'dash');
  }

  #runner({ name, args, place, source }: Named): void {
    const texts = args.map(({ text }) => text);
    const { options, operands } = readWords(name, texts, true);
    const skipped = operands.slice(RUNNERS[name] ?? 0);
    const begins = name === 'env' ? skipped.findIndex((each) => !/^\w+=/.test(each)) : 0;
    const rest = begins < 0 ? [] : skipped.slice(begins);
    this.#named(place, keyOf([name], optionNames({ options }), rest.length > 0 ? ['--'] : []), source);
    if (rest.length === 0) return;
    if (name === 'xargs') this.alone = false;
    const nested = args.slice(args.length - rest.length);
    // In another mount namespace the tools are another's.
    const elsewhere = name === 'chroot' || (name === 'nsenter' && options.some((each) => ['-m', '-a', '--mount', '--all'].includes(each.name)));
    if (elsewhere) throw new Unknowable();
    if (name === 'watch' && nested.length === 1) this.text(nested[0]?.text ?? '', place, place === 'busybox' ? 'ash' : 'dash');
    else this.#run(nested, place);
  }
}

interface Named {
  readonly name: string;
  readonly args: readonly PlainWord[];
  readonly place: Place;
  readonly source: string;
}

function optionNames({ options }: { readonly options: readonly { readonly name: string }[] }): readonly string[] {
  return options.map(({ name }) => name);
}

/** `+` for names and values, `$` for what may be anything: it begins with what the shell works out. */
function marks(operands: readonly string[]): readonly string[] {
  return operands.map((each) => (each.startsWith(UNKNOWN) ? '$' : '+'));
}

/** The tools in a container of this image; undefined for images that this cluster does not have. */
export function toolsOfImage(image: string): 'busybox' | 'debian' | undefined {
  const name = image
    .replace(/^docker\.io\//, '')
    .replace(/^library\//, '')
    .replace(/[:@].*/s, '');
  if (name === 'alpine' || name === 'busybox') return 'busybox';
  return ['luksa/kubia', 'nginx', 'debian'].includes(name) ? 'debian' : undefined;
}
