// Checks the volumes of a Pod and what they project.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidateVolumes. Kinds of storage this cluster cannot have are only counted.

import type { FieldError } from '../field-error.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../field-error.ts';
import { quantityNano } from '../quantity.ts';
import type {
  ConfigMapVolumeSource,
  DownwardAPIVolumeFile,
  DownwardAPIVolumeSource,
  HostPathVolumeSource,
  ImageVolumeSource,
  KeyToPath,
  NFSVolumeSource,
  ProjectedVolumeSource,
  SecretVolumeSource,
  Volume,
  VolumeProjection,
} from '../types-volume.ts';
import type { Unchecked } from '../unchecked.ts';
import { fieldRefErrors, resourceFieldErrors } from './env.ts';
import { dnsLabelProblems } from './names.ts';
import { localPathErrors, pathBackstepErrors } from './paths.ts';

export type VolumeByName = ReadonlyMap<string, Unchecked<Volume>>;

// In upstream's order: the first kind found is the volume's, every later one is an error.
const KINDS = [
  'emptyDir',
  'hostPath',
  'gitRepo',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'secret',
  'nfs',
  'iscsi',
  'glusterfs',
  'flocker',
  'persistentVolumeClaim',
  'rbd',
  'cinder',
  'cephfs',
  'quobyte',
  'downwardAPI',
  'fc',
  'flexVolume',
  'configMap',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'storageos',
  'projected',
  'scaleIO',
  'csi',
  'ephemeral',
  'image',
] as const;

const MODE = 'must be a number between 0 and 0777 (octal), both inclusive';
const FIELD_PATHS: readonly string[] = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];
const HOST_PATH_TYPES = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];

export interface VolumeFindings {
  readonly errors: readonly FieldError[];
  /** Volumes without errors: only these can be mounted. */
  readonly byName: VolumeByName;
}

export function volumeFindings(volumes: readonly Unchecked<Volume>[], field: string): VolumeFindings {
  const byName = new Map<string, Unchecked<Volume>>();
  const errors: FieldError[] = [];
  volumes.forEach((volume, index) => {
    const path = `${field}[${String(index)}]`;
    const name = volume.name ?? '';
    const own = sourceErrors(volume, path);
    if (name === '') own.push(required(`${path}.name`));
    else own.push(...dnsLabelProblems(name).map((problem) => invalid(`${path}.name`, name, problem)));
    if (byName.has(name)) own.push(duplicate(`${path}.name`, name));
    if (own.length === 0) byName.set(name, volume);
    errors.push(...own);
  });
  return { errors, byName };
}

function sourceErrors(volume: Unchecked<Volume>, path: string): FieldError[] {
  const present = KINDS.filter((kind) => volume[kind] !== undefined);
  if (present.length === 0) return [required(path, 'must specify a volume type')];
  return present.flatMap((kind, index) =>
    index === 0 ? kindErrors(kind, volume, `${path}.${kind}`) : [forbidden(`${path}.${secondName(kind)}`, 'may not specify more than 1 volume type')],
  );
}

/** Two names that upstream spells differently when a volume has too many kinds. */
function secondName(kind: string): string {
  return kind === 'downwardAPI' ? 'downwarAPI' : kind === 'cephfs' ? 'cephFS' : kind;
}

function kindErrors(kind: (typeof KINDS)[number], volume: Unchecked<Volume>, field: string): FieldError[] {
  switch (kind) {
    case 'emptyDir':
      if (quantityNano(volume.emptyDir?.sizeLimit) >= 0n) return [];
      return [forbidden(`${field}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')];
    case 'hostPath':
      return hostPathErrors(volume.hostPath ?? {}, field);
    case 'secret':
      return [...((volume.secret?.secretName ?? '') === '' ? [required(`${field}.secretName`)] : []), ...keysErrors(volume.secret ?? {}, field)];
    case 'configMap':
      return [...((volume.configMap?.name ?? '') === '' ? [required(`${field}.name`)] : []), ...keysErrors(volume.configMap ?? {}, field)];
    case 'nfs':
      return nfsErrors(volume.nfs ?? {}, field);
    case 'persistentVolumeClaim':
      return (volume.persistentVolumeClaim?.claimName ?? '') === '' ? [required(`${field}.claimName`)] : [];
    case 'downwardAPI':
      return downwardErrors(volume.downwardAPI ?? {}, field);
    case 'projected':
      return projectedErrors(volume.projected ?? {}, field);
    case 'csi':
      return (volume.csi?.driver ?? '') === '' ? [required(`${field}.driver`)] : [];
    case 'ephemeral':
      return volume.ephemeral?.volumeClaimTemplate === undefined ? [required(`${field}.volumeClaimTemplate`)] : [];
    case 'image':
      return imageErrors(volume.image ?? {}, field);
    default:
      return [];
  }
}

function hostPathErrors(source: Unchecked<HostPathVolumeSource>, field: string): FieldError[] {
  const path = source.path ?? '';
  if (path === '') return [required(`${field}.path`)];
  const type = source.type;
  return [
    ...pathBackstepErrors(path, `${field}.path`),
    ...(type === undefined || HOST_PATH_TYPES.includes(type) ? [] : [notSupported(`${field}.type`, type, HOST_PATH_TYPES)]),
  ];
}

function nfsErrors(source: Unchecked<NFSVolumeSource>, field: string): FieldError[] {
  const path = source.path ?? '';
  return [
    ...((source.server ?? '') === '' ? [required(`${field}.server`)] : []),
    ...(path === '' ? [required(`${field}.path`)] : []),
    ...(path.startsWith('/') ? [] : [invalid(`${field}.path`, path, 'must be an absolute path')]),
  ];
}

function imageErrors(source: Unchecked<ImageVolumeSource>, field: string): FieldError[] {
  const policy = source.pullPolicy ?? '';
  const policies = ['Always', 'IfNotPresent', 'Never'];
  return [
    ...((source.reference ?? '') === '' ? [required(`${field}.reference`)] : []),
    ...(policy === '' || policies.includes(policy) ? [] : [notSupported(`${field}.pullPolicy`, policy, policies)]),
  ];
}

type KeysVolume = Pick<Unchecked<SecretVolumeSource> & Unchecked<ConfigMapVolumeSource>, 'defaultMode' | 'items'>;

function keysErrors(source: KeysVolume, field: string): FieldError[] {
  return [
    ...modeErrors(source.defaultMode, `${field}.defaultMode`),
    ...(source.items ?? []).flatMap((item, index) => keyToPathErrors(item, `${field}.items[${String(index)}]`)),
  ];
}

function keyToPathErrors(item: Unchecked<KeyToPath>, field: string): FieldError[] {
  const path = item.path ?? '';
  return [
    ...((item.key ?? '') === '' ? [required(`${field}.key`)] : []),
    ...(path === '' ? [required(`${field}.path`)] : []),
    ...localPathErrors(path, `${field}.path`),
    ...modeErrors(item.mode, `${field}.mode`),
  ];
}

function modeErrors(mode: number | undefined, field: string): FieldError[] {
  return mode === undefined || (mode >= 0 && mode <= 0o777) ? [] : [invalid(field, mode, MODE)];
}

function downwardErrors(source: Unchecked<DownwardAPIVolumeSource>, field: string): FieldError[] {
  const files = (source.items ?? []).flatMap((file) => downwardFileErrors(file, field));
  return [...modeErrors(source.defaultMode, `${field}.defaultMode`), ...files];
}

function downwardFileErrors(file: Unchecked<DownwardAPIVolumeFile>, field: string): FieldError[] {
  const path = file.path ?? '';
  const errors = path === '' ? [required(`${field}.path`)] : [];
  errors.push(...localPathErrors(path, `${field}.path`));
  if (file.fieldRef !== undefined) {
    errors.push(...fieldRefErrors(file.fieldRef, FIELD_PATHS, `${field}.fieldRef`));
    if (file.resourceFieldRef !== undefined) {
      errors.push(invalid(field, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
    }
  } else if (file.resourceFieldRef !== undefined) {
    errors.push(...resourceFieldErrors(file.resourceFieldRef, `${field}.resourceFieldRef`, true));
  } else errors.push(required(field, 'one of fieldRef and resourceFieldRef is required'));
  return [...errors, ...modeErrors(file.mode, `${field}.mode`)];
}

function projectedErrors(source: Unchecked<ProjectedVolumeSource>, field: string): FieldError[] {
  const paths = new Set<string>();
  return [
    ...modeErrors(source.defaultMode, `${field}.defaultMode`),
    ...(source.sources ?? []).flatMap((projection, index) =>
      projectionErrors(projection, paths, { field, path: `${field}.sources[${String(index)}]` }),
    ),
  ];
}

interface ProjectionPlace {
  readonly field: string;
  readonly path: string;
}

function projectionErrors(projection: Unchecked<VolumeProjection>, paths: Set<string>, { field, path }: ProjectionPlace): FieldError[] {
  const errors: FieldError[] = [];
  const claim = (file: string, shown: string): void => {
    if (file !== '' && paths.has(file)) errors.push(invalid(field, shown, 'conflicting duplicate paths'));
    paths.add(file);
  };
  for (const key of ['secret', 'configMap'] as const) {
    const source = projection[key];
    if (source === undefined) continue;
    if ((source.name ?? '') === '') errors.push(required(`${path}.${key}.name`));
    (source.items ?? []).forEach((item, index) => {
      errors.push(...keyToPathErrors(item, `${path}.${key}.items[${String(index)}]`));
      claim(item.path ?? '', source.name ?? '');
    });
  }
  for (const file of projection.downwardAPI?.items ?? []) {
    errors.push(...downwardFileErrors(file, `${path}.downwardAPI`));
    claim(file.path ?? '', file.path ?? '');
  }
  errors.push(...tokenErrors(projection, field, path));
  if (Object.values(projection).filter((source) => source !== undefined).length > 1) {
    errors.push(forbidden(path, 'may not specify more than 1 volume type per source'));
  }
  return errors;
}

function tokenErrors(projection: Unchecked<VolumeProjection>, field: string, path: string): FieldError[] {
  const token = projection.serviceAccountToken;
  if (token === undefined) return [];
  const seconds = token.expirationSeconds ?? 0;
  const file = token.path ?? '';
  const at = `${path}.serviceAccountToken.expirationSeconds`;
  return [
    ...(seconds < 600 ? [invalid(at, seconds, 'may not specify a duration less than 10 minutes')] : []),
    ...(seconds > 2 ** 32 ? [invalid(at, seconds, 'may not specify a duration larger than 2^32 seconds')] : []),
    ...(file === '' ? [required(`${field}.path`)] : localPathErrors(file, `${field}.path`)),
  ];
}
