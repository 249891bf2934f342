/** Runs a parsed Go template over plain values (text/template exec.go and funcs.go, the parts people use with kubectl). */
import { isList, isMap, sortedEntries } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import { decodeBase64 } from '../../../../kube/api/yaml/utf8.ts';
import { TemplateProblem } from './template-node.ts';
import type { Operand, Pipeline, TemplateNode } from './template-node.ts';

export { TemplateProblem } from './template-node.ts';

type Variables = readonly { readonly name: string; value: Plain }[];

/** The text of the template for one object. Throws TemplateProblem */
export function runTemplate(nodes: readonly TemplateNode[], data: Plain): string {
  return run(nodes, data, [{ name: '$', value: data }]);
}

function run(nodes: readonly TemplateNode[], dot: Plain, outer: Variables): string {
  let text = '';
  let variables = outer;
  for (const node of nodes) {
    if (node.kind === 'text') text += node.text;
    else if (node.kind === 'action') {
      const value = evaluate(node.pipeline, dot, variables);
      if (node.pipeline.declared.length > 0) variables = declare(node.pipeline, [value], variables);
      else text += printed(value);
    } else text += control(node, dot, variables);
  }
  return text;
}

function control(
  node: TemplateNode & { readonly pipeline: Pipeline; readonly kind: 'if' | 'range' | 'with' },
  dot: Plain,
  variables: Variables,
): string {
  const value = evaluate(node.pipeline, dot, variables);
  if (node.kind === 'range') {
    const entries: readonly (readonly [Plain, Plain])[] = isList(value)
      ? value.map((each, index) => [index, each] as const)
      : isMap(value)
        ? sortedEntries(value)
        : [];
    if (!isList(value) && !isMap(value) && value !== null && value !== undefined)
      throw new TemplateProblem(`range can't iterate over ${printed(value)}`);
    if (entries.length === 0) return run(node.otherwise, dot, variables);
    return entries
      .map(([key, each]) => run(node.body, each, declare(node.pipeline, node.pipeline.declared.length > 1 ? [key, each] : [each], variables)))
      .join('');
  }
  if (!truth(value)) return run(node.otherwise, dot, variables);
  return run(node.body, node.kind === 'with' ? value : dot, declare(node.pipeline, [value], variables));
}

function declare(pipeline: Pipeline, values: readonly Plain[], variables: Variables): Variables {
  if (pipeline.declared.length === 0) return variables;
  if (!pipeline.assigns) return [...variables, ...pipeline.declared.map((name, index) => ({ name, value: values[index] }))];
  for (const [index, name] of pipeline.declared.entries()) {
    const variable = variables.findLast((each) => each.name === name);
    if (variable !== undefined) variable.value = values[index];
  }
  return variables;
}

function evaluate(pipeline: Pipeline, dot: Plain, variables: Variables): Plain {
  let value: Plain;
  let piped = false;
  for (const command of pipeline.commands) {
    const [first, ...rest] = command;
    if (first === undefined) continue;
    if (first.kind === 'function') {
      const args = rest.map((operand) => operandValue(operand, dot, variables));
      value = callFunction(first.name, piped ? [...args, value] : args);
    } else {
      if (rest.length > 0 || piped) throw new TemplateProblem(`can't give argument to non-function ${operandText(first)}`, operandText(first));
      value = operandValue(first, dot, variables);
    }
    piped = true;
  }
  return value;
}

function operandText(operand: Operand): string {
  return operand.kind === 'field'
    ? `${operand.variable ?? ''}${operand.path.map((name) => `.${name}`).join('')}`
    : operand.kind === 'value'
      ? String(operand.value)
      : operand.kind;
}

function operandValue(operand: Operand, dot: Plain, variables: Variables): Plain {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'function':
      return callFunction(operand.name, []);
    case 'pipeline':
      return along(evaluate(operand.pipeline, dot, variables), operand.path, operand);
    case 'field': {
      if (operand.variable === undefined) return along(dot, operand.path, operand);
      const variable = variables.findLast((each) => each.name === operand.variable);
      if (variable === undefined) throw new TemplateProblem(`undefined variable "${operand.variable}"`);
      return along(variable.value, operand.path, operand);
    }
  }
}

function along(start: Plain, path: readonly string[], operand: Operand): Plain {
  let value = start;
  for (const name of path) {
    if (value === undefined || value === null) throw new TemplateProblem(`nil pointer evaluating interface {}.${name}`, operandText(operand));
    if (!isMap(value))
      throw new TemplateProblem(
        `can't evaluate field ${name} in type ${isList(value) ? '[]interface {}' : typeof value === 'string' ? 'string' : 'interface {}'}`,
        operandText(operand),
      );
    value = value[name];
  }
  return value;
}

function truth(value: Plain): boolean {
  if (isList(value)) return value.length > 0;
  if (isMap(value)) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== '' && value !== 0 && value !== false;
}

function callFunction(name: string, args: readonly Plain[]): Plain {
  const [first, second] = args;
  switch (name) {
    case 'and':
      return args.find((value) => !truth(value)) ?? args.at(-1);
    case 'or':
      return args.find((value) => truth(value)) ?? args.at(-1);
    case 'not':
      return !truth(first);
    case 'len':
      if (isList(first)) return first.length;
      if (isMap(first)) return Object.keys(first).length;
      if (typeof first === 'string') return first.length;
      throw new TemplateProblem(`error calling len: len of nil pointer`, 'len');
    case 'index':
      return args.slice(1).reduce((value: Plain, key) => member(value, key), first);
    case 'print':
      return args.map(printed).join('');
    case 'println':
      return `${args.map(printed).join(' ')}\n`;
    case 'printf':
      return formatted(String(first), args.slice(1));
    case 'eq':
      return args.slice(1).some((value) => value === first);
    case 'ne':
      return first !== second;
    case 'lt':
      return (first as number) < (second as number);
    case 'le':
      return (first as number) <= (second as number);
    case 'gt':
      return (first as number) > (second as number);
    case 'ge':
      return (first as number) >= (second as number);
    case 'exists': {
      let value: Plain = first;
      for (const key of args.slice(1)) value = isMap(value) ? value[String(key)] : isList(value) ? value[Number(key)] : undefined;
      return value !== undefined;
    }
    case 'base64decode':
      return decodeBase64(String(first));
    default:
      return args.map(printed).join('');
  }
}

function member(value: Plain, key: Plain): Plain {
  if (isList(value)) {
    const found = value[Number(key)];
    if (found === undefined) throw new TemplateProblem(`error calling index: reflect: slice index out of range`, 'index');
    return found;
  }
  if (isMap(value)) return value[String(key)];
  throw new TemplateProblem('error calling index: index of untyped nil', 'index');
}

function formatted(format: string, args: readonly Plain[]): string {
  let next = 0;
  return format.replace(/%([-+0 ]*)(\d*)(?:\.(\d+))?([vsdqtf%])/g, (...match: readonly string[]) => {
    const [, flags = '', width = '', precision, verb = ''] = match;
    if (verb === '%') return '%';
    const value = args[next++];
    const text =
      verb === 'q'
        ? JSON.stringify(printed(value))
        : verb === 'f'
          ? Number(value).toFixed(precision === undefined ? 6 : Number(precision))
          : printed(value);
    const length = width === '' ? 0 : Number(width);
    return flags.includes('-') ? text.padEnd(length) : text.padStart(length);
  });
}

/** fmt's %v; what is not there is `<no value>`. */
function printed(value: Plain): string {
  if (value === undefined || value === null) return '<no value>';
  if (isList(value)) return `[${value.map(printed).join(' ')}]`;
  if (isMap(value))
    return `map[${sortedEntries(value)
      .map(([key, each]) => `${key}:${printed(each)}`)
      .join(' ')}]`;
  return String(value);
}
