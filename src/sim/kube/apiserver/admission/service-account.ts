// Gives every new Pod a service account and mounts its token into the containers.
// Modelled on plugin/pkg/admission/serviceaccount/admission.go (v1.37); signs no token.

import { forbiddenStatus } from '../../api/status.ts';
import type { Status } from '../../api/status.ts';
import type { Container, Pod, PodSpec } from '../../api/types-pod.ts';
import type { Volume } from '../../api/types-volume.ts';
import type { Unchecked } from '../../api/unchecked.ts';
import type { AdmissionLookup } from './admission-lookup.ts';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const VOLUME_PREFIX = 'kube-api-access-';
const TOKEN_SECONDS = 3607;

type AnyPod = Unchecked<Pod>;

/** The Pod with account and token, or why it cannot have them. Static Pods' mirrors are left alone. */
export function withServiceAccount(pod: AnyPod, namespace: string, lookup: AdmissionLookup): AnyPod | Status {
  const spec = pod.spec ?? {};
  if (pod.metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined) return pod;
  const name = (spec.serviceAccountName ?? '') === '' ? 'default' : (spec.serviceAccountName ?? '');
  const account = lookup.serviceAccount(namespace, name);
  if (account === undefined) {
    const why = `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`;
    return forbiddenStatus({ group: '', resource: 'pods' }, nameForErrors(pod), why);
  }
  const named = { ...spec, serviceAccountName: name, serviceAccount: name };
  const automount = spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
  const mounted = automount ? withToken(named, lookup) : named;
  const pullSecrets = account.imagePullSecrets ?? [];
  const unset = (spec.imagePullSecrets ?? []).length === 0 && pullSecrets.length > 0;
  return { ...pod, spec: unset ? { ...mounted, imagePullSecrets: pullSecrets } : mounted };
}

/** What admission calls an object in its errors, which may have no name yet (apiserver pkg/admission/errors.go). */
export function nameForErrors(object: {
  readonly metadata?: { readonly name?: string | undefined; readonly generateName?: string | undefined } | undefined;
}): string {
  const name = object.metadata?.name ?? '';
  const prefix = object.metadata?.generateName ?? '';
  return name !== '' ? name : prefix !== '' ? prefix : 'Unknown';
}

function withToken(spec: Unchecked<PodSpec>, lookup: AdmissionLookup): Unchecked<PodSpec> {
  const volumes = spec.volumes ?? [];
  const existing = volumes.find((volume) => (volume.name ?? '').startsWith(VOLUME_PREFIX))?.name;
  const lists = [spec.initContainers ?? [], spec.containers ?? []];
  if (lists.every((list) => list.every(hasTokenMount))) return spec;
  const name = existing ?? `${VOLUME_PREFIX}${lookup.randomName(5)}`;
  const mount = (container: Unchecked<Container>): Unchecked<Container> =>
    hasTokenMount(container)
      ? container
      : {
          ...container,
          volumeMounts: [...(container.volumeMounts ?? []), { name, mountPath: TOKEN_PATH, readOnly: true }],
        };
  return {
    ...spec,
    ...(spec.initContainers === undefined ? {} : { initContainers: spec.initContainers.map(mount) }),
    ...(spec.containers === undefined ? {} : { containers: spec.containers.map(mount) }),
    volumes: existing === undefined ? [...volumes, tokenVolume(name)] : volumes,
  };
}

function hasTokenMount(container: Unchecked<Container>): boolean {
  return (container.volumeMounts ?? []).some((mount) => mount.mountPath === TOKEN_PATH);
}

function tokenVolume(name: string): Unchecked<Volume> {
  return {
    name,
    projected: {
      defaultMode: 420,
      sources: [
        { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        {
          downwardAPI: {
            items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
          },
        },
      ],
    },
  };
}
