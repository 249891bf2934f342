/** History expansion of interactive bash: `!!`, `!n`, `!-n`, `!text`, `!?text?`, `!$`, `!^`, `!*` and `^old^new`. */
export type HistoryExpansion = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'missing'; readonly event: string };

export function expandHistory(line: string, history: readonly string[]): HistoryExpansion {
  const quick = /^\^([^^]*)\^([^^]*)\^?$/.exec(line);
  const last = history.at(-1);
  if (quick) {
    const [, from = '', to = ''] = quick;
    return last?.includes(from) ? { kind: 'line', text: last.replace(from, () => to) } : { kind: 'missing', event: `:s${line}` };
  }
  let text = '';
  let single = false;
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    if (character === "'") single = !single;
    const event =
      !single && character === '!' && line.charAt(i - 1) !== '\\' && line.charAt(i - 1) !== '['
        ? /^!(?:!|-?\d+|[$^*]|\?[^?]*\??|[^\s!=("';&|]+)/.exec(line.slice(i))?.[0]
        : undefined;
    if (event === undefined) {
      text += character;
      continue;
    }
    const found = eventText(event.slice(1), history);
    if (found === undefined) return { kind: 'missing', event };
    text += found;
    i += event.length - 1;
  }
  return { kind: 'line', text };
}

function eventText(event: string, history: readonly string[]): string | undefined {
  const last = history.at(-1);
  const words = last?.split(/\s+/) ?? [];
  if (event === '!') return last;
  if (event === '$') return words.at(-1);
  if (event === '^') return words[1];
  if (event === '*') return words.slice(1).join(' ');
  if (/^-?\d+$/.test(event)) return Number(event) < 0 ? history.at(Number(event)) : history[Number(event) - 1];
  if (event.startsWith('?')) return history.findLast((each) => each.includes(event.slice(1).replace(/\?$/, '')));
  return history.findLast((each) => each.startsWith(event));
}
