/**
 * A container as the CRI's ContainerConfig: command with expansions, environment, mounts, security.
 * Modelled on pkg/kubelet/kuberuntime/kuberuntime_container{,_linux}.go and kubelet_pods.go makeMounts (v1.37).
 */
import { quantityNano } from '../api/quantity.ts';
import type { Container, Pod } from '../api/types-pod.ts';
import type { Storage } from '../apiserver/storage.ts';
import type { ContainerConfig, ContainerMount, MountSource, NamespaceMode } from '../cri/runtime.ts';
import { containerEnv, expand } from './container-env.ts';
import type { PodFacts } from './downward-value.ts';
import { oomScoreAdjust } from './oom-score.ts';
import { hostsFile } from './pod-hostname.ts';
import { namespaceModes } from './sandbox-config.ts';

/** Bytes of a recorded node. */
const NODE_MEMORY = 24_684_084 * 1024;

export interface ConfigContext {
  readonly storage: Storage;
  readonly facts: PodFacts;
  readonly volumes: ReadonlyMap<string, MountSource>;
  readonly nodeHosts: string;
  readonly attempt: number;
  /** Container id to share the PID namespace of (kubectl debug --target). */
  readonly pidTarget: string | undefined;
}

/** The message of a CreateContainerConfigError. */
export interface ConfigProblem {
  readonly kind: 'config-problem';
  readonly message: string;
}

function problem(message: string): ConfigProblem {
  return { kind: 'config-problem', message };
}

/** The container's configuration, or why it cannot be made. */
export function containerConfig(pod: Pod, container: Container, context: ConfigContext): ContainerConfig | ConfigProblem {
  const root = rootProblem(pod, container);
  if (root !== undefined) return problem(root);
  const env = containerEnv(pod, container, context);
  if ('kind' in env) return problem(env.message);
  const values = new Map(env);
  const expanded = (words: readonly string[] | undefined): readonly string[] | undefined =>
    words?.map((word) => expand(word, (name) => values.get(name)));
  const mounts = mountsOf(pod, container, context);
  return {
    name: container.name,
    attempt: context.attempt,
    image: container.image ?? '',
    command: nonEmpty(expanded(container.command)),
    args: nonEmpty(expanded(container.args)),
    workingDir: container.workingDir,
    env,
    mounts,
    stdin: container.stdin === true,
    stdinOnce: container.stdinOnce === true,
    tty: container.tty === true,
    ...memoryLimit(container),
    oomScoreAdjust: oomScoreAdjust(pod, container, NODE_MEMORY),
    security: securityOf(pod, container, context.pidTarget),
  };
}

function memoryLimit(container: Container): { readonly memoryLimit?: number } {
  const limit = quantityNano(container.resources?.limits?.['memory']);
  return limit === 0n ? {} : { memoryLimit: Number(limit / 1_000_000_000n) };
}

function nonEmpty(words: readonly string[] | undefined): readonly string[] | undefined {
  return words === undefined || words.length === 0 ? undefined : words;
}

function rootProblem(pod: Pod, container: Container): string | undefined {
  const nonRoot = container.securityContext?.runAsNonRoot ?? pod.spec.securityContext?.runAsNonRoot;
  if (nonRoot !== true) return undefined;
  const user = container.securityContext?.runAsUser ?? pod.spec.securityContext?.runAsUser;
  const where = `(pod: "${pod.metadata.name}_${pod.metadata.namespace ?? ''}(${pod.metadata.uid ?? ''})", container: ${container.name})`;
  if (user === 0) return `container's runAsUser breaks non-root policy ${where}`;
  return user === undefined ? `container has runAsNonRoot and image will run as root ${where}` : undefined;
}

function mountsOf(pod: Pod, container: Container, context: ConfigContext): ContainerMount[] {
  const mounts: ContainerMount[] = [];
  for (const mount of container.volumeMounts ?? []) {
    const source = context.volumes.get(mount.name);
    if (source === undefined) continue;
    const subPath =
      mount.subPathExpr === undefined
        ? mount.subPath
        : expand(mount.subPathExpr, (name) => (container.env ?? []).find((each) => each.name === name)?.value);
    const onlyRead = mount.readOnly === true || source.kind === 'files';
    mounts.push({ containerPath: mount.mountPath, source, readonly: onlyRead, ...(subPath === undefined || subPath === '' ? {} : { subPath }) });
  }
  const hosts = mounts.some((mount) => mount.containerPath === '/etc/hosts');
  const known = context.facts.ips.length > 0 || pod.spec.hostNetwork === true;
  if (!hosts && known)
    mounts.push({
      containerPath: '/etc/hosts',
      source: { kind: 'file', text: hostsFile(pod, context.facts.ips, context.nodeHosts) },
      readonly: false,
    });
  const log = container.terminationMessagePath ?? '/dev/termination-log';
  if (log !== '') mounts.push({ containerPath: log, source: { kind: 'file', text: '', mode: 0o666 }, readonly: false });
  return mounts;
}

function securityOf(pod: Pod, container: Container, pidTarget: string | undefined): ContainerConfig['security'] {
  const own = container.securityContext ?? {};
  const shared = pod.spec.securityContext ?? {};
  const pid: NamespaceMode = pidTarget === undefined ? namespaceModes(pod).pid : { target: pidTarget };
  const groups = [...(shared.supplementalGroups ?? []), ...(shared.fsGroup === undefined ? [] : [shared.fsGroup])];
  const addsAdmin = (own.capabilities?.add ?? []).some((name) => /^(CAP_)?SYS_ADMIN$/.test(name));
  return {
    privileged: own.privileged === true,
    addCapabilities: own.capabilities?.add ?? [],
    dropCapabilities: own.capabilities?.drop ?? [],
    runAsUser: own.runAsUser ?? shared.runAsUser,
    runAsGroup: own.runAsGroup ?? shared.runAsGroup,
    supplementalGroups: groups,
    readonlyRootFilesystem: own.readOnlyRootFilesystem === true,
    unmaskedProc: own.procMount === 'Unmasked',
    filtered: own.privileged !== true && (own.seccompProfile ?? shared.seccompProfile)?.type === 'RuntimeDefault',
    noNewPrivileges: own.allowPrivilegeEscalation === false && own.privileged !== true && !addsAdmin,
    pid,
  };
}
