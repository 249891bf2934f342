/** The colours of iproute2 (lib/color.c): names cyan, hardware addresses yellow, IPv4 magenta, IPv6 blue, states green and red. */

const paint = (color: number, text: string): string => `\u001b[${color}m${text}\u001b[0m`;
const address = (text: string): string => paint(text.includes(':') ? 34 : 35, text);
const state = (text: string): string => (text.startsWith('UP') ? paint(32, text) : text.startsWith('DOWN') ? paint(31, text) : text);

const MAC = /(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/.source;

/** @param brief whether the lines are those of `-br` */
export function colored(text: string, brief: boolean): string {
  if (brief)
    return text
      .replaceAll(new RegExp(`(?<=^\\S+ +\\S+ +)${MAC} `, 'gm'), (mac) => paint(33, mac))
      .replaceAll(/(?<=^\S+ +\S+ .*)(?<= )[^ <]+(?=\/\d)/gm, address)
      .replaceAll(/(?<=^\S+ +)(?:UP|DOWN) +/gm, state)
      .replaceAll(/^\S+ +/gm, (name) => paint(36, name));
  return text
    .replaceAll(/^(\d+: )(\S+(?:: | {4}))/gm, (_, index: string, name: string) => index + paint(36, name))
    .replaceAll(/(?<= state )(?:UP|DOWN) /g, state)
    .replaceAll(new RegExp(`(?<=link/\\S+ |lladdr |link/\\S+ ${MAC} brd )${MAC}( (?!brd|link))?`, 'g'), (mac) => paint(33, mac))
    .replaceAll(/(?<=^ {4}inet6? | {4}inet6? )[^ /]+/gm, address)
    .replaceAll(/(?<=inet \S+ )(brd )(\S+ )/g, (_, word: string, value: string) => word + address(value))
    .replaceAll(
      /^((?:local|broadcast|multicast|unicast|blackhole|unreachable|prohibit|throw) )?([0-9a-f]*[.:][0-9a-f.:]+(?:\/\d+)? )/gm,
      (_, type: string | undefined, to: string) => (type ?? '') + address(to),
    )
    .replaceAll(/(?<=(?: |^)(?:via|src|from) )[0-9a-f]*[.:]\S* /gm, address)
    .replaceAll(/(?<= dev )\S+ /g, (name) => paint(36, name));
}
