// The name formats of the API and what is wrong with a text that is not one of them.
// Modelled on k8s.io/apimachinery pkg/util/validation and pkg/api/validate/content (v1.37); knows no field that uses them.

const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_SUBDOMAIN = `${DNS_LABEL}(\\.${DNS_LABEL})*`;
const UNDERSCORE_LABEL = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const UNDERSCORE_SUBDOMAIN = `${UNDERSCORE_LABEL}(\\.${UNDERSCORE_LABEL})*`;
const LABEL_KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${LABEL_KEY})?`;

const dnsLabel = exactly(DNS_LABEL);
const dnsSubdomain = exactly(DNS_SUBDOMAIN);
const underscoreSubdomain = exactly(UNDERSCORE_SUBDOMAIN);
const labelKey = exactly(LABEL_KEY);
const labelValue = exactly(LABEL_VALUE);

const ALNUM_ENDS = 'must start and end with an alphanumeric character';

function exactly(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

/** Length of the text in UTF-8 bytes, which is what Go's len counts. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Upstream's RegexError: the rule, examples and the expression that was used. */
export function regexMessage(rule: string, pattern: string, examples: readonly string[]): string {
  const shown = examples.map((example, index) => `${index > 0 ? ' or ' : ''}'${example}', `).join('');
  return `${rule} (${examples.length > 0 ? `e.g. ${shown}` : ''}regex used for validation is '${pattern}')`;
}

/** Upstream's InclusiveRangeError. */
export function rangeMessage(min: number, max: number): string {
  return `must be between ${String(min)} and ${String(max)}, inclusive`;
}

function tooLong(text: string, max: number, unit: 'characters' | 'bytes'): string[] {
  // A character has three bytes at most, so most texts need not be counted.
  return text.length * 3 > max && byteLength(text) > max ? [`must be no more than ${String(max)} ${unit}`] : [];
}

export function dnsLabelProblems(text: string): string[] {
  const problems = tooLong(text, 63, 'characters');
  if (dnsLabel.test(text)) return problems;
  if (dnsSubdomain.test(text)) return [...problems, 'must not contain dots'];
  const rule = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and ${ALNUM_ENDS}`;
  return [...problems, regexMessage(rule, DNS_LABEL, ['my-name', '123-abc'])];
}

export function dnsSubdomainProblems(text: string): string[] {
  const problems = tooLong(text, 253, 'characters');
  if (dnsSubdomain.test(text)) return problems;
  const rule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and ${ALNUM_ENDS}`;
  return [...problems, regexMessage(rule, DNS_SUBDOMAIN, ['example.com'])];
}

/** As a DNS subdomain, but underscores are allowed; used for DNS search paths. */
export function underscoreSubdomainProblems(text: string): string[] {
  const problems = tooLong(text, 253, 'characters');
  if (underscoreSubdomain.test(text)) return problems;
  const rule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and ${ALNUM_ENDS}`;
  return [...problems, regexMessage(rule, UNDERSCORE_SUBDOMAIN, ['example.com'])];
}

/** A label key, which upstream also calls a qualified name: `[prefix/]name`. */
export function labelKeyProblems(text: string): string[] {
  return isLabelKey(text) ? [] : labelKeyComplaints(text);
}

/** Most keys are in order; then no words are needed. */
function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  if (name.length > 63 || !labelKey.test(name)) return false;
  return slash < 0 || (slash <= 253 && dnsSubdomain.test(text.slice(0, slash)));
}

function labelKeyComplaints(text: string): string[] {
  const rule = `must consist of alphanumeric characters, '-', '_' or '.', and ${ALNUM_ENDS}`;
  const explained = regexMessage(rule, LABEL_KEY, ['MyName', 'my.name', '123-abc']);
  const parts = text.split('/');
  if (parts.length > 2) {
    return [`a valid label key ${explained} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const name = parts.at(-1) ?? '';
  const problems: string[] = [];
  if (parts.length === 2) {
    const prefix = parts[0] ?? '';
    if (prefix === '') problems.push('prefix part must be non-empty');
    else problems.push(...dnsSubdomainProblems(prefix).map((problem) => `prefix part ${problem}`));
  }
  if (name === '') problems.push('name part must be non-empty');
  else problems.push(...tooLong(name, 63, 'bytes').map((problem) => `name part ${problem}`));
  if (!labelKey.test(name)) problems.push(`name part ${explained}`);
  return problems;
}

export function labelValueProblems(text: string): string[] {
  const problems = tooLong(text, 63, 'bytes');
  if (labelValue.test(text)) return problems;
  const rule = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and ${ALNUM_ENDS}`;
  return [...problems, regexMessage(rule, LABEL_VALUE, ['MyValue', 'my_value', '12345'])];
}

/** An IANA service name, the form of named ports. */
export function portNameProblems(text: string): string[] {
  const problems = tooLong(text, 15, 'characters');
  if (!/^[-a-z0-9]+$/.test(text)) problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(text)) problems.push('must contain at least one letter (a-z)');
  if (text.includes('--')) problems.push('must not contain consecutive hyphens');
  if (text.startsWith('-') || text.endsWith('-')) problems.push('must not begin or end with a hyphen');
  return problems;
}

export function portNumberProblems(port: number): string[] {
  return port >= 1 && port <= 65535 ? [] : [rangeMessage(1, 65535)];
}

/** User and group ids: upstream allows 0 to the largest int32. */
export function userIdProblems(id: number): string[] {
  return id >= 0 && id <= 2147483647 ? [] : [rangeMessage(0, 2147483647)];
}

/** Names of environment variables, since v1.34 any printable ASCII but `=`. */
export function envNameProblems(text: string): string[] {
  if (text === '') return ['environment variable name must be non-empty'];
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=')) return [];
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

const CONFIG_KEY = '[-._a-zA-Z0-9]+';

export function configMapKeyProblems(text: string): string[] {
  const problems = tooLong(text, 253, 'characters');
  if (!/^[-._a-zA-Z0-9]+$/.test(text)) {
    const rule = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
    problems.push(regexMessage(rule, CONFIG_KEY, ['key.name', 'KEY_NAME', 'key-name']));
  }
  if (text === '.') problems.push("must not be '.'");
  else if (text === '..') problems.push("must not be '..'");
  else if (text.startsWith('..')) problems.push("must not start with '..'");
  return problems;
}

export function httpHeaderProblems(text: string): string[] {
  if (/^[-A-Za-z0-9]+$/.test(text)) return [];
  return [regexMessage("a valid HTTP header must consist of alphanumeric characters or '-'", '[-A-Za-z0-9]+', ['X-Header-Name'])];
}

export function percentProblems(text: string): string[] {
  if (/^[0-9]+%$/.test(text)) return [];
  return [regexMessage("a valid percent string must be a numeric string followed by an ending '%'", '[0-9]+%', ['1%', '93%'])];
}

/** A prefix of a generated name, to be judged as a name: random letters follow its trailing dash (upstream maskTrailingDash). */
export function withoutTrailingDash(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;
}
