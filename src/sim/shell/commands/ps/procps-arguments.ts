/** The command line of procps' ps (src/ps/parser.c): UNIX options with a dash, BSD options without, GNU long ones, all at once. */
import { empty, format, Mistake, numbers, sortKeys, words, type PsArguments, type PsRequest } from './procps-request.ts';

/** @returns what is asked for, or the text of the error */
export function parsePsArguments(argv: readonly string[]): PsArguments {
  const queue = [...argv];
  const request = empty();
  try {
    for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
      if (word.startsWith('--')) longOption(request, word.slice(2), queue);
      else if (word.startsWith('-') && word.length > 1) unixOptions(request, word.slice(1), queue);
      else if (/^\d/.test(word)) {
        request.bsd = true;
        request.selectors.push({ kind: 'pid', numbers: numbers(word, 'process ID list syntax error') });
      } else bsdOptions(request, word, queue);
      if (request.action !== 'list') break;
    }
    if (request.noAddress && !request.long) throw new Mistake('modifier -y without format -l makes no sense');
  } catch (mistake) {
    if (!(mistake instanceof Mistake)) throw mistake;
    return asBsd(argv) ?? { error: mistake.text };
  }
  return request;
}

/** What makes no sense in UNIX options is tried as BSD ones with a dash in front, such as `ps -u` or `ps -h`. */
function asBsd(argv: readonly string[]): PsRequest | undefined {
  const [first = ''] = argv;
  if (!/^-[a-zA-Z]+$/.test(first)) return undefined;
  const request = empty();
  const queue = [...argv];
  try {
    for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
      if (!/^-?[a-zA-Z]+$/.test(word)) return undefined;
      bsdOptions(request, word.replace(/^-/, ''), queue);
    }
  } catch (mistake) {
    if (mistake instanceof Mistake) return undefined;
    throw mistake;
  }
  return request;
}

function unixOptions(request: PsRequest, letters: string, queue: string[]): void {
  const argument = (at: number, complaint: string): string => {
    const attached = letters.slice(at + 1).replace(/^=/, '');
    const value = attached === '' ? queue.shift() : attached;
    if (value === undefined || value === '') throw new Mistake(complaint);
    return value;
  };
  // `ps -aux` means `ps aux` unless there is a user x.
  if (/^au?x/.test(letters)) {
    bsdOptions(request, letters, queue);
    return;
  }
  for (let at = 0; at < letters.length; at++) {
    switch (letters[at]) {
      case 'A':
      case 'e':
        request.all = true;
        break;
      case 'a':
        request.withTerminal = true;
        break;
      case 'd':
        request.allButLeaders = true;
        break;
      case 'f':
        request.full = true;
        break;
      case 'F':
        request.full = true;
        request.extraFull = true;
        break;
      case 'l':
        request.long = true;
        break;
      case 'j':
        request.jobs = true;
        break;
      case 'c':
        request.scheduling = true;
        break;
      case 'y':
        request.noAddress = true;
        break;
      case 'H':
        request.tree = 'blanks';
        break;
      case 'L':
        request.threads = 'L';
        break;
      case 'm':
        request.threads = 'm';
        break;
      case 'T':
        request.threads = 'T';
        break;
      case 'N':
        request.negate = true;
        break;
      case 'w':
        request.wide++;
        break;
      case 'M':
      case 'Z':
        request.security = 'label';
        break;
      case 'P':
        break;
      case 'n':
        argument(at, 'alternate System.map file must follow -n');
        return;
      case 'V':
        request.action = 'version';
        return;
      case 'o':
        request.formats.push(...format(argument(at, 'format specification must follow -o')));
        return;
      case 'O':
        request.formats.push(...format(argument(at, 'format or sort specification must follow -O')));
        request.added = true;
        return;
      case 'C':
        request.selectors.push({ kind: 'command', names: words(argument(at, 'list of command names must follow -C')) });
        return;
      case 'p':
        request.selectors.push({ kind: 'pid', numbers: numbers(argument(at, 'list of process IDs must follow -p'), 'process ID list syntax error') });
        return;
      case 'q':
        request.selectors.push({ kind: 'pid', numbers: numbers(argument(at, 'list of process IDs must follow -q'), 'process ID list syntax error') });
        return;
      case 's':
        request.selectors.push({
          kind: 'session',
          numbers: numbers(argument(at, 'list of session IDs must follow -s'), 'process ID list syntax error'),
        });
        return;
      case 'u':
        request.selectors.push({ kind: 'user', names: words(argument(at, 'list of users must follow -u')) });
        return;
      case 'U':
        request.selectors.push({ kind: 'user', names: words(argument(at, 'list of real users must follow -U')) });
        return;
      case 'G':
        request.selectors.push({ kind: 'group', names: words(argument(at, 'list of real groups must follow -G')) });
        return;
      case 'g': {
        const list = argument(at, 'list of session leaders OR effective group IDs must follow -g');
        if (words(list).every((word) => /^\d+$/.test(word))) request.selectors.push({ kind: 'session', numbers: words(list).map(Number) });
        else throw new Mistake('list of session leaders OR effective group IDs was invalid');
        return;
      }
      case 't':
        request.selectors.push({ kind: 'terminal', names: words(argument(at, 'list of terminals (pty, tty...) must follow -t')) });
        return;
      default:
        throw new Mistake('unsupported SysV option');
    }
  }
}

function bsdOptions(request: PsRequest, letters: string, queue: string[]): void {
  const argument = (at: number, complaint: string): string => {
    const value = letters.slice(at + 1) === '' ? queue.shift() : letters.slice(at + 1);
    if (value === undefined) throw new Mistake(complaint);
    return value;
  };
  request.bsd = true;
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at];
    switch (letter) {
      case 'a':
        request.bsdAll = true;
        break;
      case 'x':
        request.bsdNoTerminal = true;
        break;
      case 'g':
        break;
      case 'u':
      case 'l':
      case 'j':
      case 'v':
        request.bsdFormat = letter;
        break;
      case 'f':
        request.tree = 'branches';
        break;
      case 'e':
        request.environment = true;
        break;
      case 'c':
        request.trueName = true;
        break;
      case 'h':
        request.headers = false;
        break;
      case 'H':
      case 'm':
        request.threads = letter;
        break;
      case 'n':
        request.numeric = true;
        break;
      case 'r':
        request.running = true;
        break;
      case 'w':
        request.wide++;
        break;
      case 'X':
      case 's':
        request.bsdFormat = letter;
        break;
      case 'Z':
      case 'M':
        request.security = 'label';
        break;
      case 'S':
      case 'L':
        break;
      case 'T':
        request.selectors.push({ kind: 'own-terminal' });
        break;
      case 'V':
        request.action = 'version';
        return;
      case 'o':
      case 'O':
        request.formats.push(...format(argument(at, `format specification must follow ${letter}`)));
        request.added = letter === 'O';
        return;
      case 'p':
      case 'q':
        request.selectors.push({
          kind: 'pid',
          numbers: numbers(argument(at, `list of process IDs must follow ${letter}`), 'process ID list syntax error'),
        });
        return;
      case 'U':
        request.selectors.push({ kind: 'user', names: words(argument(at, 'list of users must follow U')) });
        return;
      case 't':
        request.selectors.push(letters.slice(at + 1) === '' ? { kind: 'own-terminal' } : { kind: 'terminal', names: words(letters.slice(at + 1)) });
        return;
      case 'k':
        request.sort.push(...sortKeys(argument(at, "long sort specification must follow 'k'")));
        return;
      default:
        throw new Mistake('unsupported option (BSD syntax)');
    }
  }
}

const LONG_WITH_ARGUMENT: Readonly<Record<string, string>> = {
  Group: 'list of real groups must follow --Group',
  User: 'list of real users must follow --User',
  cols: 'number of columns must follow --cols, --width, or --columns',
  columns: 'number of columns must follow --cols, --width, or --columns',
  width: 'number of columns must follow --cols, --width, or --columns',
  format: 'format specification must follow --format',
  group: 'list of effective groups must follow --group',
  pid: 'list of process IDs must follow --pid',
  ppid: 'list of process IDs must follow --ppid',
  sid: 'some sid thing(s) must follow --sid',
  sort: 'long sort specification must follow --sort',
  tty: 'list of ttys must follow --tty',
  user: 'list of effective users must follow --user',
  lines: 'number of rows must follow --lines or --rows',
  rows: 'number of rows must follow --lines or --rows',
  quick: 'list of process IDs must follow --quick-pid',
  'quick-pid': 'list of process IDs must follow --quick-pid',
};

const NO_ARGUMENT = new Set(['forest', 'headers', 'no-headers', 'deselect', 'version', 'cumulative', 'info']);

function longOption(request: PsRequest, word: string, queue: string[]): void {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  const complaint = LONG_WITH_ARGUMENT[name];
  let value = equals < 0 ? undefined : word.slice(equals + 1);
  if (complaint !== undefined) {
    value ??= queue.shift();
    if (value === undefined || value === '') throw new Mistake(complaint);
  }
  const text = value ?? '';
  if (complaint === undefined && value !== undefined && NO_ARGUMENT.has(name)) throw new Mistake(`option --${name} does not take an argument`);
  switch (name) {
    case 'forest':
      request.tree = 'branches';
      return;
    case 'headers':
    case 'heading':
    case 'headings':
    case 'header':
      return;
    case 'no-headers':
    case 'no-heading':
    case 'no-headings':
    case 'no-header':
    case 'noheader':
    case 'noheaders':
    case 'noheading':
    case 'noheadings':
      request.headers = false;
      return;
    case 'deselect':
      request.negate = true;
      return;
    case 'help':
      request.action = 'help';
      return;
    case 'version':
      request.action = 'version';
      return;
    case 'context':
      request.security = 'context';
      return;
    case 'cumulative':
    case 'lines':
    case 'rows':
      return;
    case 'cols':
    case 'columns':
    case 'width':
      request.columns = Number(text);
      return;
    case 'sort':
      request.sort.push(...sortKeys(text));
      return;
    case 'format':
      request.formats.push(...format(text));
      return;
    case 'pid':
    case 'quick':
    case 'quick-pid':
      request.selectors.push({ kind: 'pid', numbers: numbers(text, 'process ID list syntax error') });
      return;
    case 'ppid':
      request.selectors.push({ kind: 'ppid', numbers: numbers(text, 'process ID list syntax error') });
      return;
    case 'sid':
      request.selectors.push({ kind: 'session', numbers: numbers(text, 'process ID list syntax error') });
      return;
    case 'user':
    case 'User':
      request.selectors.push({ kind: 'user', names: words(text) });
      return;
    case 'group':
    case 'Group':
      request.selectors.push({ kind: 'group', names: words(text) });
      return;
    case 'tty':
      request.selectors.push({ kind: 'terminal', names: words(text) });
      return;
    default:
      throw new Mistake('unknown gnu long option');
  }
}
