/** Bindings of roles, resource quotas and limit ranges (kubectl pkg/describe/describe.go, v0.37). */
import { listAt, mapAt, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import type { Describer } from './describer.ts';
import { annotationLines, labelLines } from './metadata.ts';

export const describeRoleBinding: Describer = (writer, binding) => {
  writer.line(0, `Name:\t${textAt(binding, 'metadata', 'name')}`);
  labelLines(writer, 'Labels', mapAt(binding, 'metadata', 'labels'));
  annotationLines(writer, 'Annotations', mapAt(binding, 'metadata', 'annotations'));
  writer.line(0, 'Role:');
  writer.line(1, `Kind:\t${textAt(binding, 'roleRef', 'kind')}`);
  writer.line(1, `Name:\t${textAt(binding, 'roleRef', 'name')}`);
  writer.line(0, 'Subjects:');
  writer.line(1, 'Kind\tName\tNamespace');
  writer.line(1, '----\t----\t---------');
  for (const subject of listAt(binding, 'subjects')) writer.line(1, ['kind', 'name', 'namespace'].map((field) => textAt(subject, field)).join('\t'));
};

/** The columns are as wide as the status says; a quota that nobody counted yet shows none. */
export const describeQuota: Describer = (writer, quota) => {
  writer.line(0, `Name:\t${textAt(quota, 'metadata', 'name')}`);
  writer.line(0, `Namespace:\t${textAt(quota, 'metadata', 'namespace')}`);
  writer.line(0, 'Resource\tUsed\tHard');
  writer.line(0, '--------\t----\t----');
  for (const name of Object.keys(mapAt(quota, 'status', 'hard')).sort())
    writer.line(0, `${name}\t${textAt(quota, 'status', 'used', name)}\t${textAt(quota, 'status', 'hard', name)}`);
};

const AMOUNTS = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio'] as const;

export const describeLimitRange: Describer = (writer, range) => {
  writer.line(0, `Name:\t${textAt(range, 'metadata', 'name')}`);
  writer.line(0, `Namespace:\t${textAt(range, 'metadata', 'namespace')}`);
  writer.line(0, 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio');
  writer.line(0, '----\t--------\t---\t---\t---------------\t-------------\t-----------------------');
  for (const item of listAt(range, 'spec', 'limits'))
    for (const name of namesIn(item)) {
      const amounts = AMOUNTS.map((key) => textAt(item, key, name) || '-');
      writer.line(0, [textAt(item, 'type'), name, ...amounts].join('\t'));
    }
};

function namesIn(item: Plain): readonly string[] {
  return [...new Set(AMOUNTS.flatMap((key) => Object.keys(mapAt(item, key))))].sort();
}
