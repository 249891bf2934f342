/**
 * Everything that -o can ask for except tables for people: yaml, json, name, jsonpath, go-template, custom-columns.
 * Modelled on cli-runtime printers and kubectl pkg/cmd/get (v0.37).
 */
import { resourceOfKind } from '../../../../kube/apiserver/resource.ts';
import { isErrno } from '../../../../linux/errno.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { Failure } from '../failure.ts';
import { findResults, pathText } from '../jsonpath/evaluate-path.ts';
import { goDump } from '../jsonpath/go-dump.ts';
import { PathProblem } from '../jsonpath/node.ts';
import type { PathNode } from '../jsonpath/node.ts';
import { parsePath } from '../jsonpath/parse-path.ts';
import { objectName } from '../request/object-name.ts';
import type { Session } from '../session.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { runTemplate, TemplateProblem } from '../template/run-template.ts';
import { customColumns } from './custom-columns.ts';
import { indentedJson } from './json.ts';
import { fieldOf, isMap, listAt, textAt } from './plain-value.ts';
import type { Plain } from './plain-value.ts';
import { yamlText } from './yaml.ts';

/** Text of one object (or List). Throws Failure */
export type ObjectPrinter = (object: Plain) => string;

const TEMPLATES = ['go-template', 'go-template-file', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file', 'template', 'templatefile'];
const FOR_ALL = [...TEMPLATES, 'json', 'kyaml', 'name', 'yaml'];
const FOR_GET = [...FOR_ALL, 'custom-columns', 'custom-columns-file', 'wide'];

/** @returns undefined when the output is for people (no -o, or -o wide where that exists) */
export function* objectPrinter(session: Session, verb: 'get' | 'other' = 'other'): Blocking<ObjectPrinter | undefined> {
  const { flags } = session;
  const given = flags.text('output');
  const template = flags.text('template');
  const output = given === '' && template !== '' ? 'go-template' : given;
  if (output === '' || (verb === 'get' && output === 'wide')) return undefined;
  const [, format = '', argument = template] = /^([a-z-]*)(?:=([\s\S]*))?$/.exec(output) ?? [output, output];
  const allowed = verb === 'get' ? FOR_GET : FOR_ALL;
  switch (format) {
    case 'yaml':
      return separated((object) => yamlText(shown(session, object)));
    case 'kyaml':
      return separated((object) => yamlText(shown(session, object)));
    case 'json':
      return (object) => `${indentedJson(shown(session, object))}\n`;
    case 'name':
      return nameText;
    case 'jsonpath':
    case 'jsonpath-as-json':
      return jsonPathPrinter(session, argument, format);
    case 'jsonpath-file':
      return jsonPathPrinter(session, (yield* templateFile(session, argument)).replace(/\n$/, ''), format);
    case 'go-template':
    case 'template':
      return goTemplatePrinter(session, argument, format);
    case 'go-template-file':
    case 'templatefile':
      return goTemplatePrinter(session, yield* templateFile(session, argument), format);
    case 'custom-columns':
      if (verb === 'get') return customColumns(argument, flags.bool('no-headers'));
      break;
    case 'custom-columns-file':
      if (verb === 'get') return customColumns(columnsOfFile(yield* templateFile(session, argument)), flags.bool('no-headers'));
      break;
  }
  throw new Failure(`unable to match a printer suitable for the output format "${given}", allowed formats are: ${[...allowed].sort().join(',')}`);
}

/** Without managedFields, unless they are asked for. */
function shown(session: Session, object: Plain): Plain {
  if (session.flags.bool('show-managed-fields') || !isMap(object)) return object;
  const items = object['items'];
  if (Array.isArray(items)) return { ...object, items: items.map((item: Plain) => shown(session, item)) };
  const metadata = object['metadata'];
  if (!isMap(metadata) || metadata['managedFields'] === undefined) return object;
  const { managedFields: _dropped, ...rest } = metadata;
  return { ...object, metadata: rest };
}

function separated(print: ObjectPrinter): ObjectPrinter {
  let count = 0;
  return (object) => `${count++ > 0 ? '---\n' : ''}${print(object)}`;
}

function nameText(object: Plain): string {
  const items = fieldOf(object, 'items');
  if (Array.isArray(items)) return listAt(object, 'items').map(nameText).join('');
  const kind = textAt(object, 'kind');
  const resource = resourceOfKind(textAt(object, 'apiVersion'), kind);
  const name = textAt(object, 'metadata', 'name');
  return resource === undefined ? `${kind.toLowerCase()}/${name}\n` : `${objectName(resource, name)}\n`;
}

function* templateFile(session: Session, path: string): Blocking<string> {
  const text = yield* session.context.readFile(path);
  if (isErrno(text)) throw new Failure(`error reading --template ${path}, open ${path}: ${text.text.toLowerCase()}`);
  return text;
}

function columnsOfFile(text: string): string {
  const [headers = '', paths = ''] = text.split('\n').map((line) => line.trim());
  const path = paths.split(/\s+/);
  return headers
    .split(/\s+/)
    .map((header, index) => `${header}:${path[index] ?? ''}`)
    .join(',');
}

function jsonPathPrinter(session: Session, template: string, format: string): ObjectPrinter {
  if (template === '') throw new Failure(`template format specified but no template given`);
  let nodes: readonly PathNode[];
  try {
    nodes = parsePath(template);
  } catch (problem) {
    if (problem instanceof PathProblem) throw new Failure(`error parsing jsonpath ${template}, ${problem.message}`);
    throw problem;
  }
  const options = { allowMissingKeys: session.flags.bool('allow-missing-template-keys') };
  return (object) => {
    try {
      if (format !== 'jsonpath-as-json') return pathText(nodes, object, options);
      return findResults(nodes, object, options)
        .map((results) => `${indentedJson(results)}\n`)
        .join('');
    } catch (problem) {
      if (!(problem instanceof PathProblem)) throw problem;
      const details = `Error executing template: ${problem.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goDump(object)}\n\n`;
      throw new Failure(`error executing jsonpath "${template}": ${details}\n`);
    }
  };
}

function goTemplatePrinter(session: Session, template: string, format: string): ObjectPrinter {
  if (template === '') throw new Failure('template format specified but no template given');
  void session;
  void format;
  try {
    const nodes = parseTemplate(template);
    return (object) => {
      try {
        return runTemplate(nodes, object);
      } catch (problem) {
        if (!(problem instanceof TemplateProblem)) throw problem;
        throw new Failure(`error executing template "${template}": template: output:1:2: executing "output" at <${problem.at}>: ${problem.message}`);
      }
    };
  } catch (problem) {
    if (!(problem instanceof TemplateProblem)) throw problem;
    throw new Failure(`error parsing template ${template}, template: output:1: ${problem.message}`);
  }
}
