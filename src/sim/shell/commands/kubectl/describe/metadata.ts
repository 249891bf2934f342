/** Parts that many descriptions share: labels, annotations, tolerations, times, owners. */
import { listAt, mapAt, numberAt, sortedEntries, textAt } from '../output/plain-value.ts';
import type { Plain, PlainMap } from '../output/plain-value.ts';
import type { DescribeWriter } from './describe-writer.ts';

const LONGEST_ANNOTATION = 140;
const HIDDEN_ANNOTATIONS = new Set(['kubectl.kubernetes.io/last-applied-configuration']);

/** `Mon, 23 Nov 2026 09:41:27 +0000` (RFC 1123 with a numeric zone). */
export function timeLine(timestamp: string): string {
  const at = Date.parse(timestamp);
  return Number.isNaN(at) ? 'Mon, 01 Jan 0001 00:00:00 +0000' : new Date(at).toUTCString().replace('GMT', '+0000');
}

export function orNone(text: string): string {
  return text === '' ? '<none>' : text;
}

/** `a=b` a line, the title before the first. */
export function labelLines(writer: DescribeWriter, title: string, labels: PlainMap): void {
  const entries = sortedEntries(labels);
  writer.raw(`${title}:\t`);
  if (entries.length === 0) writer.raw('<none>\n');
  for (const [index, [key, value]] of entries.entries()) writer.raw(`${index === 0 ? '' : '\t'}${key}=${String(value)}\n`);
}

/** `a=b,c=d` or `<none>` (labels.FormatLabels). */
export function labelText(labels: PlainMap): string {
  return orNone(
    sortedEntries(labels)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(','),
  );
}

export function annotationLines(writer: DescribeWriter, title: string, annotations: PlainMap): void {
  const entries = sortedEntries(annotations).filter(([key]) => !HIDDEN_ANNOTATIONS.has(key));
  writer.raw(`${title}:\t`);
  if (entries.length === 0) writer.raw('<none>\n');
  for (const [index, [key, each]] of entries.entries()) {
    const value = String(each).replace(/\n$/, '');
    if (index > 0) writer.raw('\t');
    if (value.length + key.length + 2 <= LONGEST_ANNOTATION && !value.includes('\n')) writer.raw(`${key}: ${value}\n`);
    else
      writer.raw(
        `${key}:\n${value
          .split('\n')
          .map((line) => `\t  ${shortened(line)}\n`)
          .join('')}`,
      );
  }
}

function shortened(text: string): string {
  return text.length > LONGEST_ANNOTATION - 2 ? `${text.slice(0, LONGEST_ANNOTATION - 2)}...` : text;
}

export function tolerationLines(writer: DescribeWriter, title: string, tolerations: readonly Plain[]): void {
  const sorted = [...tolerations].sort((a, b) => (textAt(a, 'key') < textAt(b, 'key') ? -1 : textAt(a, 'key') > textAt(b, 'key') ? 1 : 0));
  writer.raw(`${title}:\t`);
  if (sorted.length === 0) writer.raw('<none>\n');
  for (const [index, toleration] of sorted.entries()) writer.raw(`${index === 0 ? '' : '\t'}${tolerationText(toleration)}\n`);
}

function tolerationText(toleration: Plain): string {
  const [key, value, effect] = [textAt(toleration, 'key'), textAt(toleration, 'value'), textAt(toleration, 'effect')];
  const base = `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}`;
  const exists = textAt(toleration, 'operator') === 'Exists' && value === '' ? `${base === '' ? '' : ' '}op=Exists` : '';
  const seconds = textAt(toleration, 'tolerationSeconds');
  return `${base}${exists}${seconds === '' ? '' : ` for ${seconds}s`}`;
}

/** `ReplicaSet/kubia-f877cc859`, empty without a controller. */
export function controllerText(object: Plain): string {
  const owner = listAt(object, 'metadata', 'ownerReferences').find((reference) => textAt(reference, 'controller') === 'true');
  return owner === undefined ? '' : `${textAt(owner, 'kind')}/${textAt(owner, 'name')}`;
}

/** Name, namespace, labels and annotations, in this order. */
export function headLines(writer: DescribeWriter, object: Plain): void {
  writer.line(0, `Name:\t${textAt(object, 'metadata', 'name')}`);
  writer.line(0, `Namespace:\t${textAt(object, 'metadata', 'namespace')}`);
  labelLines(writer, 'Labels', mapAt(object, 'metadata', 'labels'));
  annotationLines(writer, 'Annotations', mapAt(object, 'metadata', 'annotations'));
}

/** A table of conditions with the columns Type, Status, Reason. */
export function conditionLines(writer: DescribeWriter, conditions: readonly Plain[]): void {
  if (conditions.length === 0) return;
  writer.raw('Conditions:\n  Type\tStatus\tReason\n');
  writer.line(1, '----\t------\t------');
  for (const condition of conditions) writer.line(1, `${textAt(condition, 'type')} \t${textAt(condition, 'status')}\t${textAt(condition, 'reason')}`);
}

/** A number as text where absence counts as 0. */
export function count(object: Plain, ...path: readonly string[]): string {
  return String(numberAt(object, ...path));
}
