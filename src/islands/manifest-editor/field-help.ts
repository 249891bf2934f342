// Completion and hover for manifests: names and types from the simulated API server's own schema, descriptions of
// the taught fields from the page's language. Judges nothing.
import * as monaco from 'monaco-editor/editor';
import '../../sim/kube/api/schema/further-fields.ts';
import { fieldAt, structNamed } from '../../sim/kube/api/schema/schema.ts';
import type { FieldType, SchemaField, SchemaStruct } from '../../sim/kube/api/schema/schema.ts';
import { createTranslate } from '../../i18n/create-translate.ts';
import type { Messages } from '../../i18n/locale-file.ts';
import { yamlPlace } from './yaml-path.ts';
import type { YamlPlace } from './yaml-path.ts';

const words: { readonly [name: string]: readonly string[] } = {
  apiVersion: ['v1', 'apps/v1', 'batch/v1'],
  kind: ['Pod', 'Service', 'Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet', 'Job', 'ConfigMap', 'Namespace'],
  dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  protocol: ['TCP', 'UDP', 'SCTP'],
  restartPolicy: ['Always', 'OnFailure', 'Never'],
  imagePullPolicy: ['Always', 'IfNotPresent', 'Never'],
  externalTrafficPolicy: ['Cluster', 'Local'],
  internalTrafficPolicy: ['Cluster', 'Local'],
  effect: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
  operator: ['Exists', 'Equal'],
  image: ['alpine', 'busybox', 'luksa/kubia', 'nginx', 'redis', 'debian'],
};
const serviceTypes = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];
let registered = false;

/** Registers both providers once for the page. */
export function registerFieldHelp(tag: string, messages: Messages): void {
  if (registered) return;
  registered = true;
  const t = createTranslate(tag, [messages]);
  const describe = (path: readonly string[], name: string): string | undefined =>
    t.maybe(`field.${[...path.slice(-1), name].join('.')}`) ?? t.maybe(`field.${name}`);

  monaco.languages.registerHoverProvider('yaml', {
    provideHover(model, position) {
      const word = model.getWordAtPosition(position)?.word;
      const place = yamlPlace(model.getLinesContent(), position.lineNumber - 1, position.column - 1);
      if (place.kind === undefined || place.key === undefined || word === undefined) return null;
      const field = fieldAt(place.kind, [...place.path, place.key]);
      if (!field) return null;
      const text = describe(place.path, field.name);
      return {
        contents: [{ value: `**${field.name}** \`${typeName(field.type)}\`` }, ...(text === undefined ? [] : [{ value: text }])],
      };
    },
  });

  monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' ', '\n'],
    provideCompletionItems(model, position) {
      const line = model.getLineContent(position.lineNumber);
      const before = line.slice(0, position.column - 1);
      const place = yamlPlace(model.getLinesContent(), position.lineNumber - 1, position.column - 1);
      const word = model.getWordUntilPosition(position);
      const range = new monaco.Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn);
      const value = /^\s*(?:- +)*([\w.-]+):\s+\S*$/.exec(before)?.[1];
      if (value !== undefined) {
        return {
          suggestions: valuesOf(place, value).map((text) => ({
            label: text,
            insertText: text,
            kind: monaco.languages.CompletionItemKind.Value,
            range,
          })),
        };
      }
      if (!/^\s*(?:- +)*[\w.-]*$/.test(before)) return { suggestions: [] };
      const struct = structOf(place);
      const indent = ' '.repeat((/^(\s*(?:- +)*)/.exec(before)?.[1] ?? '').length);
      const suggestions = [...(struct?.fieldByName.values() ?? [])]
        .filter(({ name }) => name !== 'status' && (!place.siblings.includes(name) || name === place.key))
        .map((field) => {
          const text = describe(place.path, field.name);
          return {
            label: { label: field.name, description: typeName(field.type) },
            filterText: field.name,
            insertText: insertOf(field, indent),
            kind: monaco.languages.CompletionItemKind.Field,
            sortText: `${text === undefined ? 1 : 0}${field.name}`,
            ...(text === undefined ? {} : { documentation: text }),
            range,
          };
        });
      return { suggestions };
    },
  });
}

function structOf({ kind, path }: YamlPlace): SchemaStruct | undefined {
  if (path.length === 0) return structNamed(kind ?? 'Pod');
  let type = fieldAt(kind ?? 'Pod', path)?.type;
  while (type?.kind === 'list' || type?.kind === 'map') type = type.of;
  return type?.kind === 'struct' ? structNamed(type.struct) : undefined;
}

function valuesOf({ kind, path }: YamlPlace, key: string): readonly string[] {
  if (kind === 'Service' && key === 'type') return serviceTypes;
  const type = fieldAt(kind ?? 'Pod', [...path, key])?.type;
  if (type?.kind === 'boolean') return ['true', 'false'];
  return words[key] ?? [];
}

function insertOf({ name, type }: SchemaField, indent: string): string {
  if (type.kind === 'list') return `${name}:\n${indent}- `;
  if (type.kind === 'struct' || type.kind === 'map') return `${name}:\n${indent}  `;
  return `${name}: `;
}

function typeName(type: FieldType): string {
  if (type.kind === 'list') return `${typeName(type.of)}[]`;
  if (type.kind === 'map') return `map[${typeName(type.of)}]`;
  return type.kind === 'struct' ? type.struct.replace(/\.$/, '') : type.kind;
}
