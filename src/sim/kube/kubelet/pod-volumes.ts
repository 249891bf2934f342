/**
 * What a Pod's volumes hold, and why one cannot be mounted. Modelled on pkg/volume/{configmap,secret,projected,downwardapi,
 * hostpath,emptydir} and pkg/kubelet/volumemanager (v1.37).
 */
import { quantityNano } from '../api/quantity.ts';
import type { Pod } from '../api/types-pod.ts';
import type { DownwardAPIVolumeFile, HostPathVolumeSource, KeyToPath, Volume, VolumeProjection } from '../api/types-volume.ts';
import type { Storage } from '../apiserver/storage.ts';
import type { MountSource } from '../cri/runtime.ts';
import { secretData } from './container-env.ts';
import { fieldValue, resourceValue } from './downward-value.ts';
import type { PodFacts } from './downward-value.ts';
import type { FileType, NodeFiles } from './node-host.ts';

export interface VolumeContext {
  readonly storage: Storage;
  readonly files: NodeFiles;
  readonly facts: PodFacts;
  /** Text of a service account token. */
  readonly token: string;
}

/** The message of the FailedMount event, without its beginning. */
export interface VolumeProblem {
  readonly kind: 'volume-problem';
  readonly message: string;
}

type Files = Record<string, string>;
type Content = Files | VolumeProblem;

function problem(message: string): VolumeProblem {
  return { kind: 'volume-problem', message };
}

function isProblem(content: Content): content is VolumeProblem {
  return (content as { kind?: unknown }).kind === 'volume-problem';
}

/** Content of a volume, or why it has none. */
export function volumeSource(pod: Pod, volume: Volume, context: VolumeContext): MountSource | VolumeProblem {
  const failed = (why: string): VolumeProblem => problem(`MountVolume.SetUp failed for volume "${volume.name}" : ${why}`);
  if (volume.hostPath !== undefined) {
    const why = hostPathProblem(volume.hostPath, context.files);
    return why === undefined ? { kind: 'host-path', path: volume.hostPath.path } : failed(why);
  }
  if (volume.emptyDir !== undefined) {
    const { medium, sizeLimit } = volume.emptyDir;
    const sizeBytes = sizeLimit === undefined ? undefined : Number(quantityNano(sizeLimit) / 1_000_000_000n);
    return {
      kind: 'empty-dir',
      key: `${pod.metadata.uid ?? ''}/${volume.name}`,
      medium: medium === 'Memory' ? 'Memory' : '',
      ...(sizeBytes === undefined ? {} : { sizeBytes }),
      ...(pod.spec.securityContext?.fsGroup === undefined ? {} : { group: pod.spec.securityContext.fsGroup }),
    };
  }
  const given = content(pod, volume, context);
  if (given === undefined) return { kind: 'files', files: {}, mode: 0o644 };
  if (isProblem(given.files)) return failed(given.files.message);
  return { kind: 'files', files: given.files, mode: given.mode };
}

function content(pod: Pod, volume: Volume, context: VolumeContext): { readonly files: Content; readonly mode: number } | undefined {
  const namespace = pod.metadata.namespace ?? '';
  const { configMap, secret, projected, downwardAPI } = volume;
  if (configMap !== undefined) {
    return { files: configMapFiles(context.storage, namespace, { ...configMap, name: configMap.name ?? '' }), mode: configMap.defaultMode ?? 0o644 };
  }
  if (secret !== undefined)
    return { files: secretFiles(context.storage, namespace, { ...secret, name: secret.secretName ?? '' }), mode: secret.defaultMode ?? 0o644 };
  if (downwardAPI !== undefined) return { files: downwardFiles(pod, downwardAPI.items ?? [], context.facts), mode: downwardAPI.defaultMode ?? 0o644 };
  if (projected === undefined) return undefined;
  const files: Files = {};
  for (const source of projected.sources ?? []) {
    const part = projectedFiles(pod, source, context);
    if (isProblem(part)) return { files: part, mode: 0 };
    Object.assign(files, part);
  }
  return { files, mode: projected.defaultMode ?? 0o644 };
}

interface Named {
  readonly name: string;
  readonly items?: readonly KeyToPath[];
  readonly optional?: boolean;
}

function picked(data: Readonly<Record<string, string>>, reference: Named): Content {
  if (reference.items === undefined) return { ...data };
  const files: Files = {};
  for (const item of reference.items) {
    const value = data[item.key];
    if (value !== undefined) files[item.path] = value;
    else if (reference.optional !== true) return problem(`references non-existent ${'config key'}: ${item.key}`);
  }
  return files;
}

function configMapFiles(storage: Storage, namespace: string, reference: Named): Content {
  const map = storage.get('configmaps', namespace, reference.name);
  if (map === undefined) return reference.optional === true ? {} : problem(`configmap "${reference.name}" not found`);
  return picked(map.data ?? {}, reference);
}

function secretFiles(storage: Storage, namespace: string, reference: Named): Content {
  const data = secretData(storage, namespace, reference.name);
  if (data === undefined) return reference.optional === true ? {} : problem(`secret "${reference.name}" not found`);
  const files = picked(data, reference);
  return isProblem(files) ? problem(files.message.replace('config key', 'secret key')) : files;
}

function downwardFiles(pod: Pod, items: readonly DownwardAPIVolumeFile[], facts: PodFacts): Files {
  const files: Files = {};
  for (const item of items) {
    if (item.fieldRef !== undefined) files[item.path] = fieldValue(pod, item.fieldRef.fieldPath, facts);
    else if (item.resourceFieldRef !== undefined) {
      const { containerName } = item.resourceFieldRef;
      const container = pod.spec.containers.find((each) => each.name === containerName);
      if (container !== undefined) files[item.path] = resourceValue(container, item.resourceFieldRef, facts);
    }
  }
  return files;
}

function projectedFiles(pod: Pod, source: VolumeProjection, context: VolumeContext): Content {
  const namespace = pod.metadata.namespace ?? '';
  if (source.serviceAccountToken !== undefined) return { [source.serviceAccountToken.path]: context.token };
  if (source.configMap !== undefined) return configMapFiles(context.storage, namespace, { ...source.configMap, name: source.configMap.name ?? '' });
  if (source.secret !== undefined) return secretFiles(context.storage, namespace, { ...source.secret, name: source.secret.name ?? '' });
  if (source.downwardAPI !== undefined) return downwardFiles(pod, source.downwardAPI.items ?? [], context.facts);
  return {};
}

const WANTED: Readonly<Record<string, readonly [FileType, string]>> = {
  Directory: ['directory', 'is not a directory'],
  File: ['file', 'is not a file'],
  Socket: ['socket', 'is not a socket file'],
  CharDevice: ['char-device', 'is not a character device'],
  BlockDevice: ['block-device', 'is not a block device'],
};

/** pkg/volume/hostpath checkType. */
function hostPathProblem(hostPath: HostPathVolumeSource, files: NodeFiles): string | undefined {
  const { path, type = '' } = hostPath;
  if (type === '') return undefined;
  const found = files.typeOf(path);
  if (type === 'DirectoryOrCreate' || type === 'FileOrCreate') {
    if (found === undefined) {
      if (type === 'DirectoryOrCreate') files.makeDirectory(path);
      else files.createFile(path);
      return undefined;
    }
    const fits = type === 'DirectoryOrCreate' ? found === 'directory' : found === 'file';
    return fits ? undefined : `hostPath type check failed: ${path} is not a ${type === 'DirectoryOrCreate' ? 'directory' : 'file'}`;
  }
  const wanted = WANTED[type];
  if (wanted === undefined || found === wanted[0]) return undefined;
  if (found === undefined)
    return `hostPath type check failed, ${path} ${wanted[1]}, unable to determine its type: path ${JSON.stringify(path)} does not exist`;
  return `hostPath type check failed: ${path} ${wanted[1]}`;
}
