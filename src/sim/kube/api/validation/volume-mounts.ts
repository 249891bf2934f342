// Checks where a container mounts volumes and block devices.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidateVolumeMounts, ValidateVolumeDevices.

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, notFound, notSupported, required } from '../field-error.ts';
import type { Container, VolumeMount } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { descendingPathErrors, pathBackstepErrors } from './paths.ts';
import type { VolumeByName } from './volumes.ts';

type AnyContainer = Unchecked<Container>;

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const RECURSIVE = ['Disabled', 'Enabled', 'IfPossible'];

export function volumeMountErrors(container: AnyContainer, volumes: VolumeByName, field: string): FieldError[] {
  const seen = new Set<string>();
  const devices = container.volumeDevices ?? [];
  return (container.volumeMounts ?? []).flatMap((mount, index) => {
    const path = `${field}[${String(index)}]`;
    const name = mount.name ?? '';
    const mountPath = mount.mountPath ?? '';
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(`${path}.name`));
    if (!volumes.has(name)) errors.push(notFound(`${path}.name`, name));
    if (mountPath === '') errors.push(required(`${path}.mountPath`));
    if (seen.has(mountPath)) errors.push(invalid(`${path}.mountPath`, mountPath, 'must be unique'));
    seen.add(mountPath);
    if (devices.some((device) => device.name === name)) {
      errors.push(invalid(`${path}.name`, name, 'must not already exist in volumeDevices'));
    }
    if (devices.some((device) => device.devicePath === mountPath)) {
      errors.push(invalid(`${path}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices'));
    }
    return [
      ...errors,
      ...subPathErrors(mount, path, field),
      ...propagationErrors(mount.mountPropagation, container, `${field}.mountPropagation`),
      ...recursiveErrors(mount, `${field}.recursiveReadOnly`),
    ];
  });
}

// Upstream names these fields without the element's index.
function subPathErrors(mount: Unchecked<VolumeMount>, path: string, field: string): FieldError[] {
  const subPath = mount.subPath ?? '';
  const subPathExpr = mount.subPathExpr ?? '';
  const errors: FieldError[] = [];
  if (subPath !== '') errors.push(...descendingPathErrors(subPath, `${field}.subPath`));
  if (subPathExpr !== '') {
    if (subPath !== '') errors.push(invalid(`${path}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
    errors.push(...descendingPathErrors(subPathExpr, `${field}.subPathExpr`));
  }
  return errors;
}

function propagationErrors(mode: string | undefined, container: AnyContainer, field: string): FieldError[] {
  if (mode === undefined) return [];
  if (!PROPAGATIONS.includes(mode)) return [notSupported(field, mode, PROPAGATIONS)];
  if (mode !== 'Bidirectional' || container.securityContext?.privileged === true) return [];
  return [forbidden(field, 'Bidirectional mount propagation is available only to privileged containers')];
}

function recursiveErrors(mount: Unchecked<VolumeMount>, field: string): FieldError[] {
  const mode = mount.recursiveReadOnly;
  if (mode === undefined || mode === 'Disabled') return [];
  if (!RECURSIVE.includes(mode)) return [notSupported(field, mode, RECURSIVE)];
  const errors: FieldError[] = [];
  if (mount.readOnly !== true) errors.push(forbidden(field, 'may only be specified when readOnly is true'));
  if (mount.mountPropagation !== undefined && mount.mountPropagation !== 'None') {
    errors.push(forbidden(field, 'may only be specified when mountPropagation is None or not specified'));
  }
  return errors;
}

export function volumeDeviceErrors(container: AnyContainer, volumes: VolumeByName, field: string): FieldError[] {
  const names = new Set<string>();
  const paths = new Set<string>();
  const mounts = container.volumeMounts ?? [];
  return (container.volumeDevices ?? []).flatMap((device, index) => {
    const at = `${field}[${String(index)}]`;
    const { name = '', devicePath = '' } = device;
    const volume = volumes.get(name);
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(`${at}.name`));
    if (names.has(name)) errors.push(invalid(`${at}.name`, name, 'must be unique'));
    if (volume === undefined) errors.push(notFound(`${at}.name`, name));
    else if (volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined) {
      errors.push(invalid(`${at}.name`, name, 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode'));
    }
    if (devicePath === '') errors.push(required(`${at}.devicePath`));
    if (paths.has(devicePath)) errors.push(invalid(`${at}.devicePath`, devicePath, 'must be unique'));
    if (pathBackstepErrors(devicePath, at).length > 0) {
      errors.push(invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')"));
    } else paths.add(devicePath);
    if (mounts.some((mount) => mount.name === name)) {
      errors.push(invalid(`${at}.name`, name, 'must not already exist in volumeMounts'));
    }
    if (mounts.some((mount) => mount.mountPath === devicePath)) {
      errors.push(invalid(`${at}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts'));
    }
    if (name !== '') names.add(name);
    return errors;
  });
}
