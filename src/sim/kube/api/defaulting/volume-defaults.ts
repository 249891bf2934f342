// Fills in what a volume leaves out.
// Modelled on pkg/apis/core/v1/defaults.go (v1.37): SetDefaults_Volume and the defaults of its sources.

import type { DownwardAPIVolumeFile, Volume, VolumeProjection } from '../types-volume.ts';
import type { Unchecked } from '../unchecked.ts';
import { mapped, orElse } from './container-defaults.ts';
import { defaultPullPolicy } from './image-tag.ts';

type AnyVolume = Unchecked<Volume>;

// 0644, as the API writes it.
const MODE = 420;

/** A volume without any source is an emptyDir. */
export function withVolumeDefaults(volume: AnyVolume): AnyVolume {
  if (Object.keys(volume).every((key) => key === 'name')) return { ...volume, emptyDir: {} };
  return {
    ...volume,
    ...mapped(volume, 'hostPath', (source) => ({ ...source, type: source.type ?? '' })),
    ...mapped(volume, 'secret', (source) => ({ ...source, defaultMode: source.defaultMode ?? MODE })),
    ...mapped(volume, 'configMap', (source) => ({ ...source, defaultMode: source.defaultMode ?? MODE })),
    ...mapped(volume, 'downwardAPI', (source) => ({
      ...withFiles(source),
      defaultMode: source.defaultMode ?? MODE,
    })),
    ...mapped(volume, 'projected', (source) => ({
      ...source,
      ...mapped(source, 'sources', (sources) => sources.map(withProjectionDefaults)),
      defaultMode: source.defaultMode ?? MODE,
    })),
    ...mapped(volume, 'image', (source) => ({
      ...source,
      pullPolicy: orElse(source.pullPolicy, defaultPullPolicy(source.reference ?? '')),
    })),
  };
}

function withProjectionDefaults(projection: Unchecked<VolumeProjection>): Unchecked<VolumeProjection> {
  return {
    ...projection,
    ...mapped(projection, 'downwardAPI', (source) => withFiles(source)),
    ...mapped(projection, 'serviceAccountToken', (token) => ({
      ...token,
      expirationSeconds: token.expirationSeconds ?? 3600,
    })),
  };
}

interface WithFiles {
  readonly items?: readonly Unchecked<DownwardAPIVolumeFile>[] | undefined;
}

function withFiles<T extends WithFiles>(source: T): T {
  if (source.items === undefined) return source;
  return {
    ...source,
    items: source.items.map((file) => ({
      ...file,
      ...mapped(file, 'fieldRef', (ref) => ({ ...ref, apiVersion: orElse(ref.apiVersion, 'v1') })),
      ...mapped(file, 'resourceFieldRef', (ref) => ({ ...ref, divisor: ref.divisor ?? '0' })),
    })),
  };
}
