import '../schema/further-fields.ts';
import '../schema/unlisted-kinds.ts';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeObject } from './decode-object.ts';
import { parseManifest } from './parse-manifest.ts';

interface Request {
  readonly manifest?: string;
  readonly command: string;
  readonly exitCode: number;
  readonly stderr: string;
}

interface Recorded extends Request {
  readonly id: string;
  readonly steps?: readonly Request[];
}

const folder = new URL('../../../recordings/apiserver/', import.meta.url);
const groups = readdirSync(folder)
  .filter((file) => file.endsWith('.jsonl'))
  .map((file) => ({
    group: file.replace('.jsonl', ''),
    cases: readFileSync(new URL(file, folder), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Recorded),
  }));

/** Words that only reading and decoding say; every other recorded error comes from a later step. */
const DECODING =
  /json: |strict decoding|error parsing|quantities must|numeric part|quantity's suffix|cannot be handled as|error validating|mapping not found|unable to decode|no objects passed/;

const verbs: Readonly<Record<string, string>> = { create: 'creating', replace: 'replacing' };

function stderrOf(manifest: string, verb: string): string {
  const { documents, error } = parseManifest(manifest);
  const lines = documents.flatMap((document) => {
    if (document.kind === 'refused') return [`error: ${document.finding.message}`];
    const result = decodeObject(document);
    if (result.kind === 'decoded') return [];
    return [`Error from server (${result.reason}): error when ${verbs[verb]} "manifest.yaml": ${result.message}`];
  });
  if (error !== undefined) lines.push(`error: ${error.message}`);
  if (documents.length === 0 && error === undefined) lines.push(`error: no objects passed to ${verb}`);
  return lines.join('\n');
}

describe.each(groups)('recorded requests of group $group', ({ cases }) => {
  const requests = cases.flatMap((recorded) => (recorded.steps ?? [recorded]).map((request, step) => ({ ...request, id: `${recorded.id}#${step}` })));
  const comparable = requests.flatMap(({ id, manifest, command, stderr, exitCode }) => {
    const verb = /^kubectl (create|replace)\b/.exec(command)?.[1];
    return verb === undefined || manifest === undefined ? [] : [{ id, verb, manifest, stderr: stderr.trim(), exitCode }];
  });

  it('end at reading or decoding exactly where, and with the words with which, the real ones did', () => {
    const expected = comparable.map(({ id, stderr }) => [id, DECODING.test(stderr) ? stderr : '']);
    const actual = comparable.map(({ id, manifest, verb }) => [id, stderrOf(manifest, verb)]);
    expect(actual).toEqual(expected);
  });
});
