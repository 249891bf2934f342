/** Which user, groups and capabilities a container's process gets (containerd: internal/cri/server/container_create.go, pkg/oci/spec_opts.go). */
import { ALL_CAPABILITIES, CAPABILITIES, type Capability, type Credentials } from '../../linux/process/credentials.ts';
import { idOutside, type UserNamespace } from '../../linux/namespace/namespaces.ts';
import type { ContainerConfig } from './runtime.ts';

/** containerd's default set (pkg/oci/spec.go defaultUnixCaps). */
const DEFAULT_CAPABILITIES: readonly Capability[] = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FSETID',
  'CAP_FOWNER',
  'CAP_MKNOD',
  'CAP_NET_RAW',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETFCAP',
  'CAP_SETPCAP',
  'CAP_NET_BIND_SERVICE',
  'CAP_SYS_CHROOT',
  'CAP_KILL',
  'CAP_AUDIT_WRITE',
];

export interface ImageUser {
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups of that user in the image's /etc/group. */
  readonly groups: readonly number[];
}

function capabilityNamed(name: string): Capability | undefined {
  const full = name.toUpperCase().startsWith('CAP_') ? name.toUpperCase() : `CAP_${name.toUpperCase()}`;
  return CAPABILITIES.find((each) => each === full);
}

/** The bounding set of a container: default or all, plus `add`, minus `drop`. */
export function containerCapabilities(security: ContainerConfig['security']): ReadonlySet<Capability> {
  if (security.privileged) return ALL_CAPABILITIES;
  const dropsAll = security.dropCapabilities.some((name) => name.toUpperCase() === 'ALL');
  const addsAll = security.addCapabilities.some((name) => name.toUpperCase() === 'ALL');
  const set = new Set<Capability>(addsAll ? CAPABILITIES : dropsAll ? [] : DEFAULT_CAPABILITIES);
  for (const name of security.addCapabilities) {
    const capability = capabilityNamed(name);
    if (capability) set.add(capability);
  }
  for (const name of security.dropCapabilities) {
    const capability = capabilityNamed(name);
    if (capability) set.delete(capability);
  }
  return set;
}

/**
 * @param user of the image or of the security context, ids as inside of the container
 * @returns credentials with ids of the initial user namespace; without root's uid nothing is effective
 */
export function containerCredentials(security: ContainerConfig['security'], user: ImageUser, namespace: UserNamespace): Credentials {
  const bounding = containerCapabilities(security);
  const map = (ids: UserNamespace['uidMap'], id: number): number => idOutside(ids, id) ?? id;
  const isRoot = user.uid === 0;
  const own: ReadonlySet<Capability> = isRoot ? bounding : new Set();
  return {
    uid: map(namespace.uidMap, user.uid),
    gid: map(namespace.gidMap, user.gid),
    // The kernel keeps them sorted (kernel/groups.c groups_sort).
    groups: [...new Set([user.gid, ...user.groups])].sort((a, b) => a - b).map((id) => map(namespace.gidMap, id)),
    user: namespace,
    effective: own,
    permitted: own,
    bounding,
    noNewPrivileges: security.noNewPrivileges,
    ...(security.filtered === true ? { filtered: true } : {}),
  };
}

/**
 * What `id` would say about a numeric or named user in the image (runc: libcontainer/user GetExecUser).
 * @param passwd,group texts of the image's files
 */
export function lookUpUser(
  request: { readonly user: string; readonly group: number | undefined; readonly supplemental: readonly number[] },
  passwd: string,
  group: string,
): ImageUser | undefined {
  const [name = '', groupName] = request.user.split(':');
  const rows = passwd.split('\n').map((line) => line.split(':'));
  const row = rows.find((fields) => fields[0] === name) ?? rows.find((fields) => fields[2] === name);
  const uid = row ? Number(row[2]) : /^\d+$/.test(name) ? Number(name) : undefined;
  if (uid === undefined) return undefined;
  const groups = group.split('\n').map((line) => line.split(':'));
  const named = groupName === undefined ? undefined : groups.find((fields) => fields[0] === groupName || fields[2] === groupName);
  const gid = request.group ?? (named ? Number(named[2]) : row ? Number(row[3]) : 0);
  const members = row ? groups.filter((fields) => (fields[3] ?? '').split(',').includes(row[0] ?? '')).map((fields) => Number(fields[2])) : [];
  return { uid, gid, groups: [...new Set([...members, ...request.supplemental])] };
}
