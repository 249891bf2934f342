/** The prompt: PS1 and PS2 with their backslash codes (bash: prompt.c parse.y; BusyBox: libbb/lineedit.c parse_and_put_prompt), then parameter expansion. */
import type { Blocking } from '../../linux/process/process-context.ts';
import { idInside } from '../../linux/namespace/namespaces.ts';
import { readAccounts } from '../process-table/accounts.ts';
import { expandText } from './expand-word.ts';
import { parseQuotedText } from './parse-script.ts';
import type { Shell } from './shell.ts';

const STANDARD = { bash: '\\s-\\v\\$ ', ash: '\\w \\$ ', dash: '# ' } as const;

export function* promptText(shell: Shell, name: 'PS1' | 'PS2'): Blocking<string> {
  const value = shell.variables.get(name) ?? (name === 'PS2' ? '> ' : STANDARD[shell.dialect.name]);
  const decoded = shell.dialect.name === 'dash' ? value : yield* decode(shell, value);
  return decoded.includes('$') || decoded.includes('`') ? yield* expandText(shell, parseQuotedText(decoded, shell.dialect.name)) : decoded;
}

function* decode(shell: Shell, text: string): Blocking<string> {
  const { process, simulation } = shell.context;
  const uid = idInside(process.namespaces.user.uidMap, process.credentials.uid);
  let user = '';
  if (text.includes('\\u')) user = (yield* readAccounts(shell.context)).user(uid) ?? (shell.dialect.name === 'bash' ? 'I have no name!' : '');
  const host = process.namespaces.uts.hostname;
  const home = shell.variables.get('HOME');
  const path = shell.logicalDirectory;
  const inHome = home !== undefined && home !== '' && home !== '/' && (path === home || path.startsWith(`${home}/`));
  const short = inHome ? `~${path.slice(home.length)}` : path;
  const clock = new Date(simulation.wallClock).toISOString();
  const codes: Readonly<Record<string, string>> = {
    u: user,
    h: host.split('.')[0] ?? host,
    H: host,
    w: short,
    W: short === '/' || short === '~' ? short : (path.split('/').at(-1) ?? ''),
    $: uid === 0 ? '#' : '\\$',
    n: '\n',
    r: '\r',
    a: '\u0007',
    e: '\u001b',
    s: shell.arg0.split('/').at(-1)?.replace(/^-/, '') ?? '',
    v: '5.2',
    V: '5.2.15',
    t: clock.slice(11, 19),
    A: clock.slice(11, 16),
    '[': '',
    ']': '',
    '!': String(shell.history.length + 1),
    '#': String(shell.history.length + 1),
    j: String(shell.jobs.all().length),
    '\\': '\\',
  };
  return text.replace(/\\(\d{3}|[\s\S])/g, (whole, code: string) =>
    /^\d{3}$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (codes[code] ?? whole),
  );
}
