/** Volumes in a description (kubectl pkg/describe describeVolumes, v0.37). */
import { fieldOf, isMap, listAt, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import type { DescribeWriter } from './describe-writer.ts';
import { orNone } from './metadata.ts';

/** @param space two blanks inside of a Pod template */
export function volumeLines(writer: DescribeWriter, volumes: readonly Plain[], space: string): void {
  if (volumes.length === 0) {
    writer.line(0, `${space}Volumes:\t<none>`);
    return;
  }
  writer.line(0, `${space}Volumes:`);
  for (const volume of volumes) {
    writer.line(1, `${space === '' ? '' : ' '}${textAt(volume, 'name')}:`);
    const lines = sourceLines(volume);
    if (lines === undefined) writer.line(1, '<unknown>');
    else for (const line of lines) writer.line(2, line);
  }
}

function boolText(value: Plain): string {
  return value === true ? 'true' : 'false';
}

function sourceLines(volume: Plain): readonly string[] | undefined {
  const of = (name: string): Plain => fieldOf(volume, name);
  const hostPath = of('hostPath');
  if (isMap(hostPath))
    return [
      'Type:\tHostPath (bare host directory volume)',
      `Path:\t${textAt(hostPath, 'path')}`,
      `HostPathType:\t${hostPath['type'] === undefined ? '<none>' : textAt(hostPath, 'type')}`,
    ];
  const emptyDir = of('emptyDir');
  if (isMap(emptyDir))
    return [
      "Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)",
      `Medium:\t${textAt(emptyDir, 'medium')}`,
      `SizeLimit:\t${textAt(emptyDir, 'sizeLimit') || '<unset>'}`,
    ];
  const secret = of('secret');
  if (isMap(secret))
    return [
      'Type:\tSecret (a volume populated by a Secret)',
      `SecretName:\t${textAt(secret, 'secretName')}`,
      `Optional:\t${boolText(secret['optional'])}`,
    ];
  const configMap = of('configMap');
  if (isMap(configMap))
    return [
      'Type:\tConfigMap (a volume populated by a ConfigMap)',
      `Name:\t${textAt(configMap, 'name')}`,
      `Optional:\t${boolText(configMap['optional'])}`,
    ];
  const claim = of('persistentVolumeClaim');
  if (isMap(claim))
    return [
      'Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
      `ClaimName:\t${textAt(claim, 'claimName')}`,
      `ReadOnly:\t${boolText(claim['readOnly'])}`,
    ];
  const nfs = of('nfs');
  if (isMap(nfs))
    return [
      'Type:\tNFS (an NFS mount that lasts the lifetime of a pod)',
      `Server:\t${textAt(nfs, 'server')}`,
      `Path:\t${textAt(nfs, 'path')}`,
      `ReadOnly:\t${boolText(nfs['readOnly'])}`,
    ];
  const image = of('image');
  if (isMap(image))
    return [
      'Type:\tImage (a container image or OCI artifact)',
      `Reference:\t${textAt(image, 'reference')}`,
      `PullPolicy:\t${textAt(image, 'pullPolicy')}`,
    ];
  const downward = of('downwardAPI');
  if (isMap(downward)) {
    const items = listAt(downward, 'items').map(
      (item) => `  ${textAt(item, 'fieldRef', 'fieldPath') || textAt(item, 'resourceFieldRef', 'resource')} -> ${textAt(item, 'path')}`,
    );
    return ['Type:\tDownwardAPI (a volume populated by information about the pod)', 'Items:', ...items];
  }
  const projected = of('projected');
  if (isMap(projected))
    return [
      'Type:\tProjected (a volume that contains injected data from multiple sources)',
      ...listAt(projected, 'sources').flatMap(projectionLines),
    ];
  return undefined;
}

function projectionLines(source: Plain): readonly string[] {
  const secret = fieldOf(source, 'secret');
  if (isMap(secret)) return [`SecretName:\t${textAt(secret, 'name')}`, `Optional:\t${boolText(secret['optional'])}`];
  if (isMap(fieldOf(source, 'downwardAPI'))) return ['DownwardAPI:\ttrue'];
  const configMap = fieldOf(source, 'configMap');
  if (isMap(configMap)) return [`ConfigMapName:\t${textAt(configMap, 'name')}`, `Optional:\t${boolText(configMap['optional'])}`];
  const token = fieldOf(source, 'serviceAccountToken');
  return isMap(token) ? [`TokenExpirationSeconds:\t${orNone(textAt(token, 'expirationSeconds'))}`] : [];
}
