/** The command line of iptables 1.8.9 (iptables/xshared.c): which command, which table, how to list, and the words of the rule. */

const LONG: Readonly<Record<string, string>> = {
  '--append': '-A',
  '--check': '-C',
  '--delete': '-D',
  '--insert': '-I',
  '--replace': '-R',
  '--list': '-L',
  '--list-rules': '-S',
  '--flush': '-F',
  '--zero': '-Z',
  '--new-chain': '-N',
  '--new': '-N',
  '--delete-chain': '-X',
  '--policy': '-P',
  '--rename-chain': '-E',
  '--table': '-t',
  '--numeric': '-n',
  '--verbose': '-v',
  '--exact': '-x',
  '--wait': '-w',
  '--help': '-h',
  '--version': '-V',
  '--modprobe': '-M',
};

const COMMANDS = 'ACDIRLSFZNXPE';

export interface IptablesRequest {
  readonly kind: 'request';
  readonly command: string;
  /** Chain, number, target and the like, in order. */
  readonly words: readonly string[];
  readonly table: string;
  readonly flags: ReadonlySet<string>;
  /** What describes the rule. */
  readonly rule: readonly string[];
}

export type IptablesEnding = { readonly kind: 'ending'; readonly text: string; readonly code: number };

/** @param words behind the program's name @param name as it complains */
export function readRequest(words: readonly string[], name: string): IptablesRequest | IptablesEnding {
  const problem = (message: string, code = 2): IptablesEnding => ({
    kind: 'ending',
    text: `${name} v1.8.9 (nf_tables): ${message}\nTry \`${name} -h' or '${name} --help' for more information.\n`,
    code,
  });
  let command: string | undefined;
  let table = 'filter';
  const commandWords: string[] = [];
  const flags = new Set<string>();
  const rule: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const typed = words[at] ?? '';
    const word = LONG[typed] ?? typed;
    const letter = /^-([A-Z])$/.exec(word)?.[1];
    if (letter !== undefined && COMMANDS.includes(letter)) {
      if (command !== undefined) return problem(`Cannot use -${letter} with -${command}\n`.trimEnd());
      command = letter;
      const needs = 'ACDIRNPE'.includes(letter);
      for (
        let taken = 0;
        taken <
        (letter === 'N' || letter === 'X' || letter === 'F'
          ? 1
          : letter === 'R' ||
              letter === 'P' ||
              letter === 'E' ||
              letter === 'D' ||
              letter === 'I' ||
              letter === 'L' ||
              letter === 'S' ||
              letter === 'Z'
            ? 2
            : 1);
        taken++
      ) {
        const next = words[at + 1];
        if (next === undefined || next.startsWith('-') || next === '!') break;
        if (taken === 1 && (letter === 'D' || letter === 'I') && !/^\d+$/.test(next)) break;
        commandWords.push(next);
        at++;
      }
      if (needs && commandWords.length === 0) return problem(`option "${typed}" requires an argument`);
      continue;
    }
    if (word === '-t') {
      table = words[++at] ?? '';
      continue;
    }
    if (word === '-w' || word === '-W') {
      if (/^\d+$/.test(words[at + 1] ?? '')) at++;
      continue;
    }
    if (word === '--line-numbers' || word === '--line-number') {
      flags.add('line-numbers');
      continue;
    }
    if (/^-[nvx]+$/.test(word)) {
      for (const each of word.slice(1)) flags.add(each);
      continue;
    }
    const bundle = /^-([nvx]*)([LSFZ])([nvx]*)$/.exec(word);
    if (bundle && command === undefined) {
      command = bundle[2];
      for (const each of `${bundle[1] ?? ''}${bundle[3] ?? ''}`) flags.add(each);
      for (let taken = 0; taken < 2; taken++) {
        const next = words[at + 1];
        if (next === undefined || next.startsWith('-')) break;
        commandWords.push(next);
        at++;
      }
      continue;
    }
    if (word === '-4' || word === '-6') continue;
    rule.push(typed);
  }
  if (command === undefined) return rule[0]?.startsWith('-') ? problem(`unknown option "${rule[0]}"`) : problem('no command specified');
  return { kind: 'request', command, words: commandWords, table, flags, rule };
}
