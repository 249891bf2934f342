/** Namespaces, config maps, secrets, service accounts, and any kind without a description of its own (kubectl pkg/describe, v0.37). */
import { isList, isMap, listAt, mapAt, sortedEntries, textAt } from '../output/plain-value.ts';
import type { Plain, PlainMap } from '../output/plain-value.ts';
import type { Describer } from './describer.ts';
import type { DescribeWriter } from './describe-writer.ts';
import { eventLines, eventsOf } from './events.ts';
import { annotationLines, headLines, labelLines, timeLine } from './metadata.ts';

export const describeNamespace: Describer = (writer, namespace) => {
  writer.line(0, `Name:\t${textAt(namespace, 'metadata', 'name')}`);
  labelLines(writer, 'Labels', mapAt(namespace, 'metadata', 'labels'));
  annotationLines(writer, 'Annotations', mapAt(namespace, 'metadata', 'annotations'));
  writer.line(0, `Status:\t${textAt(namespace, 'status', 'phase')}`);
  const conditions = listAt(namespace, 'status', 'conditions');
  if (conditions.length > 0) {
    writer.line(0, 'Conditions:');
    writer.line(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage');
    writer.line(1, '----\t------\t------------------\t------\t-------');
    for (const condition of conditions)
      writer.line(
        1,
        ['type', 'status']
          .map((field) => textAt(condition, field))
          .concat(timeLine(textAt(condition, 'lastTransitionTime')), textAt(condition, 'reason'), textAt(condition, 'message'))
          .join('\t'),
      );
  }
  writer.raw('\nNo resource quota.\n\nNo LimitRange resource.\n');
};

export const describeConfigMap: Describer = (writer, configMap, context) => {
  headLines(writer, configMap);
  writer.raw('\nData\n====\n');
  for (const [key, value] of sortedEntries(mapAt(configMap, 'data'))) writer.raw(`${key}:\n----\n${String(value)}\n\n`);
  writer.raw('\nBinaryData\n====\n');
  for (const [key, value] of sortedEntries(mapAt(configMap, 'binaryData'))) writer.raw(`${key}: ${String(byteLength(String(value)))} bytes\n`);
  writer.raw('\n');
  if (context.showEvents) eventLines(writer, eventsOf(context.server, configMap), context.wallClock);
};

export const describeSecret: Describer = (writer, secret) => {
  headLines(writer, secret);
  writer.raw(`\nType:\t${textAt(secret, 'type')}\n\nData\n====\n`);
  for (const [key, value] of sortedEntries(mapAt(secret, 'data'))) writer.raw(`${key}:\t${String(byteLength(String(value)))} bytes\n`);
};

/** Bytes behind a base64 text. */
function byteLength(base64: string): number {
  return Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
}

export const describeServiceAccount: Describer = (writer, account, context) => {
  headLines(writer, account);
  const names = listAt(account, 'imagePullSecrets').map((secret) => textAt(secret, 'name'));
  if (names.length === 0) writer.line(0, 'Image pull secrets:\t<none>');
  for (const [index, name] of names.entries()) writer.line(0, `${index === 0 ? 'Image pull secrets:' : ' '.repeat(19)}\t${name}`);
  if (context.showEvents) eventLines(writer, eventsOf(context.server, account), context.wallClock);
};

/** Roles: one row for each resource of each rule (describe.go ClusterRoleDescriber). */
export const describeRole: Describer = (writer, role) => {
  writer.line(0, `Name:\t${textAt(role, 'metadata', 'name')}`);
  labelLines(writer, 'Labels', mapAt(role, 'metadata', 'labels'));
  annotationLines(writer, 'Annotations', mapAt(role, 'metadata', 'annotations'));
  writer.line(0, 'PolicyRule:');
  writer.line(1, 'Resources\tNon-Resource URLs\tResource Names\tVerbs');
  writer.line(1, '---------\t-----------------\t--------------\t-----');
  const words = (rule: Plain, field: string): readonly string[] => listAt(rule, field).map(String);
  for (const rule of listAt(role, 'rules')) {
    const rest = (['nonResourceURLs', 'resourceNames', 'verbs'] as const).map((field) => `[${words(rule, field).join(' ')}]`).join('\t');
    const groups = words(rule, 'apiGroups');
    const names = words(rule, 'resources').flatMap((resource) =>
      (groups.length === 0 ? [''] : groups).map((group) => {
        const [main = '', sub] = resource.split('/');
        return `${group === '' ? main : `${main}.${group}`}${sub === undefined ? '' : `/${sub}`}`;
      }),
    );
    for (const name of names.length === 0 ? [''] : names) writer.line(1, `${name}\t${rest}`);
  }
};

const HIDDEN = new Set(['.metadata.managedFields', '.metadata.name', '.metadata.namespace', '.metadata.labels', '.metadata.annotations']);

/** Every field of an object under a readable title. */
export const describeAnything: Describer = (writer, object, context) => {
  headLines(writer, object);
  if (isMap(object)) contentLines(writer, object, { level: 0, path: '' });
  if (context.showEvents) eventLines(writer, eventsOf(context.server, object), context.wallClock);
};

function contentLines(writer: DescribeWriter, content: PlainMap, place: { readonly level: number; readonly path: string }): void {
  const { level } = place;
  for (const [field, value] of sortedEntries(content)) {
    const path = `${place.path}.${field}`;
    if (HIDDEN.has(path)) continue;
    if (isMap(value)) {
      writer.line(level, `${titleOf(field)}:`);
      contentLines(writer, value, { level: level + 1, path });
    } else if (isList(value)) {
      writer.line(level, `${titleOf(field)}:`);
      for (const item of value) {
        if (isMap(item)) contentLines(writer, item, { level: level + 1, path });
        else writer.line(level + 1, plainText(item));
      }
    } else writer.line(level, `${titleOf(field)}:\t${plainText(value)}`);
  }
}

function plainText(value: Plain): string {
  return value === null ? '<nil>' : String(value);
}

const ACRONYMS = new Set(['API', 'URL', 'UID', 'GUID']);

/** `creationTimestamp` becomes `Creation Timestamp`. */
function titleOf(field: string): string {
  if (!/^[A-Za-z-]+$/.test(field)) return field;
  const words = field.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|-+/g) ?? [field];
  return words
    .map((word) =>
      ACRONYMS.has(word.toUpperCase()) ? word.toUpperCase() : word === word.toLowerCase() ? word.charAt(0).toUpperCase() + word.slice(1) : word,
    )
    .join(' ');
}
