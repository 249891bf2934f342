/** Users, groups and capabilities of a process (credentials(7), capabilities(7)). Ids are those of the initial user namespace. */
import type { UserNamespace } from '../namespace/namespaces.ts';
import { isUserAncestor } from '../namespace/namespaces.ts';

export const CAPABILITIES = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETPCAP',
  'CAP_LINUX_IMMUTABLE',
  'CAP_NET_BIND_SERVICE',
  'CAP_NET_BROADCAST',
  'CAP_NET_ADMIN',
  'CAP_NET_RAW',
  'CAP_IPC_LOCK',
  'CAP_IPC_OWNER',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
  'CAP_SYS_CHROOT',
  'CAP_SYS_PTRACE',
  'CAP_SYS_PACCT',
  'CAP_SYS_ADMIN',
  'CAP_SYS_BOOT',
  'CAP_SYS_NICE',
  'CAP_SYS_RESOURCE',
  'CAP_SYS_TIME',
  'CAP_SYS_TTY_CONFIG',
  'CAP_MKNOD',
  'CAP_LEASE',
  'CAP_AUDIT_WRITE',
  'CAP_AUDIT_CONTROL',
  'CAP_SETFCAP',
  'CAP_MAC_OVERRIDE',
  'CAP_MAC_ADMIN',
  'CAP_SYSLOG',
  'CAP_WAKE_ALARM',
  'CAP_BLOCK_SUSPEND',
  'CAP_AUDIT_READ',
  'CAP_PERFMON',
  'CAP_BPF',
  'CAP_CHECKPOINT_RESTORE',
] as const;

/** In the order of their bit numbers. */
export type Capability = (typeof CAPABILITIES)[number];

export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** The user namespace in which the capabilities count. */
  readonly user: UserNamespace;
  readonly effective: ReadonlySet<Capability>;
  readonly permitted: ReadonlySet<Capability>;
  readonly bounding: ReadonlySet<Capability>;
  readonly noNewPrivileges: boolean;
  /** Under a runtime's default filter of system calls (seccomp(2)). */
  readonly filtered?: boolean;
}

export const ALL_CAPABILITIES: ReadonlySet<Capability> = new Set(CAPABILITIES);

/** Whether `credentials` hold `capability` over things owned by `target` (kernel: ns_capable, security/commoncap.c cap_capable). */
export function capable(credentials: Credentials, capability: Capability, target: UserNamespace): boolean {
  return credentials.effective.has(capability) && isUserAncestor(credentials.user, target);
}
