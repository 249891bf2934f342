/** What of a step of a dense recording is compared: everything but what cannot be equal twice. */
export interface PrintedStep {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @returns exit code and both outputs without numbers that differ by machine, hardware addresses, blanks that align columns, and of usage screens the first line */
export function comparableStep({ exitCode, stdout, stderr }: PrintedStep): string {
  return JSON.stringify({ exitCode, stdout: comparable(stdout), stderr: comparable(stderr) });
}

/** Hardware addresses by their order of appearance, so that equal ones stay equal. */
function comparable(text: string): string {
  const addresses: string[] = [];
  const named = text.replaceAll(/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi, (address) => {
    if (/^(?:00:){5}|^ff:|^02:00/i.test(address)) return address;
    if (!addresses.includes(address)) addresses.push(address);
    return `MAC${addresses.indexOf(address)}`;
  });
  return named
    .replaceAll(/\b8000\.[0-9a-f]{12}\b/gi, 'BRIDGE')
    .replaceAll(/fe80::[0-9a-f]+:[0-9a-f:]+/gi, 'LINK-LOCAL')
    .replaceAll(/BusyBox v\S+ \([^)]*\)/g, 'BusyBox')
    .replaceAll(/(multi-call binary)[\s\S]*/g, '$1')
    .replaceAll(/(^|\n)\s*(Usage:[ \n]*[^\n]*)[\s\S]*/g, '$1$2')
    .replaceAll(/(RX|TX)(:| packets | {2}packets )\d+|bytes[: ]\d+ +\([^)]*\)|packets[: ]\d+/g, 'COUNT')
    .replaceAll(/pid=\d+,fd=\d+/g, 'pid=N,fd=N')
    .replaceAll(/\b\d+(?=\/(?:nc|init|bash)\b)/g, 'N')
    .replaceAll(/after \d+ (?:ms|milliseconds)/g, 'after N ms')
    .replaceAll(/time[ =]\d[\d.]* ?ms/g, 'time N ms')
    .replaceAll(/= [\d.]+(?:\/[\d.]+)+/g, '= N')
    .replaceAll(/seq=0 ttl=\d+|ttl=\d+/g, 'ttl=N')
    .replaceAll(/\b0x[0-9a-f]{8}\b/g, 'KEY')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/ $/gm, '');
}
