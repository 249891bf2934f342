/** Starts processes inside of containers: the first one and those of exec (runc: libcontainer init and setns). */
import { isErrno } from '../../linux/errno.ts';
import type { OpenFile } from '../../linux/fs/open-file.ts';
import type { Machine } from '../../linux/machine.ts';
import type { NamespaceSet } from '../../linux/namespace/namespaces.ts';
import { PidNamespace } from '../../linux/process/pid-namespace.ts';
import { ProcessContext } from '../../linux/process/process-context.ts';
import type { Process } from '../../linux/process/process.ts';
import type { Tty } from '../../linux/tty/pty.ts';
import type { Container } from './container.ts';
import { containerMounts } from './container-root.ts';
import { criError } from './cri-error.ts';
import { containerCredentials } from './process-credentials.ts';
import type { CriError } from './runtime.ts';

/** Numbers that runc and its helpers take: in the container's PID namespace, and in the node's. */
const PIDS_OF_EXEC = 5;

/**
 * The namespaces of a container: those of the sandbox, its own mounts, and the PID namespace that its config names.
 * @param find other containers by id, for `target`
 */
export function containerNamespaces(machine: Machine, container: Container, find: (id: string) => Container | undefined): NamespaceSet {
  const { sandbox, config } = container;
  const { inodes, initial } = machine.kernel;
  const mode = config.security.pid;
  // The kernel makes mounts before PIDs (kernel/nsproxy.c create_new_namespaces), which the numbers show.
  const inode = inodes.next();
  let pid = sandbox.namespaces.pid;
  if (mode === 'node') pid = initial.pid;
  else if (mode === 'container') pid = new PidNamespace({ inode: inodes.next(), parent: initial.pid, owner: sandbox.user });
  else if (typeof mode === 'object') pid = find(mode.target)?.process?.namespaces.pid ?? pid;
  return { ...sandbox.namespaces, mnt: containerMounts(machine, container, { inode, pid }), pid };
}

/** The control group of a container's processes. */
export function cgroupOf(container: Container): string {
  return `${container.sandbox.config.cgroupParent}/${container.id}`;
}

export interface StartRequest {
  readonly machine: Machine;
  readonly container: Container;
  readonly argv: readonly string[];
  readonly files: ReadonlyMap<number, OpenFile>;
  readonly tty: Tty | undefined;
  /** A further process of a running container rather than its first. */
  readonly exec: boolean;
}

/** @returns the process, or the error as runc words it */
export function startInContainer(request: StartRequest): Process | CriError {
  const { machine, container, argv } = request;
  const { kernel } = machine;
  const namespaces = container.namespaces;
  const [name = ''] = argv;
  if (!namespaces) return criError('Unknown', 'container has no namespaces');
  if (argv.length === 0) return criError('Unknown', 'failed to generate container spec: no command specified');
  const env = environment(container, request.tty !== undefined);
  const workingDirectory = container.config.workingDir ?? container.image.workingDir;
  const spawn = (path: string): ReturnType<typeof kernel.spawn> =>
    kernel.spawn({
      parent: container.sandbox.shim,
      run: { path },
      argv,
      env,
      files: request.files,
      credentials: containerCredentials(container.config.security, container.user, container.sandbox.user),
      namespaces,
      fs: { root: '/', cwd: workingDirectory },
      cgroup: cgroupOf(container),
      newSession: true,
      oomScoreAdjust: container.config.oomScoreAdjust,
      origin: `${container.sandbox.config.namespace}/${container.sandbox.config.name}/${container.config.name}`,
    });
  if (!request.exec && workingDirectory !== '/') {
    const inside: Process = { ...container.sandbox.shim, namespaces, fs: { root: '/', cwd: '/' } };
    const found = kernel.vfs.stat(inside, workingDirectory);
    if (isErrno(found) ? found.code === 'ENOTDIR' : found.kind !== 'directory') return createError(`mkdir ${workingDirectory}: not a directory`);
  }
  if (request.exec) namespaces.pid.skip(PIDS_OF_EXEC);
  if (namespaces.pid !== kernel.initial.pid || request.exec) kernel.initial.pid.skip(PIDS_OF_EXEC);
  let process: ReturnType<typeof kernel.spawn> | undefined;
  const paths = name.includes('/') ? [name] : (env.get('PATH') ?? '').split(':').map((directory) => `${directory}/${name}`);
  for (const path of name === '' ? [] : paths) {
    process = spawn(path);
    if (!isErrno(process) || process.code === 'EACCES') break;
  }
  if (!process || isErrno(process)) {
    const shim: Process = { ...container.sandbox.shim, namespaces, fs: { root: '/', cwd: '/' } };
    const found = kernel.vfs.stat(shim, name);
    const isFolder = name.includes('/') && !isErrno(found) && found.kind === 'directory';
    return startError(request, name, isFolder ? 'EISDIR' : process && isErrno(process) ? process.code : 'ENOENT');
  }
  if (request.tty) new ProcessContext(kernel, process).takeTerminal(request.tty);
  return process;
}

/** runc's words: libcontainer/standard_init_linux.go and setns_init_linux.go. */
function startError(request: StartRequest, name: string, code: string): CriError {
  const why = name.includes('/')
    ? code === 'EACCES'
      ? `exec: "${name}": permission denied`
      : code === 'EISDIR'
        ? `exec: "${name}": is a directory`
        : `exec: "${name}": stat ${name}: no such file or directory`
    : code === 'EACCES'
      ? `exec: "${name}": permission denied`
      : `exec: "${name}": executable file not found in $PATH`;
  return request.exec
    ? criError(
        'Unknown',
        `failed to exec in container: failed to start exec "${request.machine.kernel.simulation.random.string(64, '0123456789abcdef')}": OCI runtime exec failed: exec failed: unable to start container process: ${why}`,
      )
    : createError(why);
}

/** What containerd says of a container whose first process could not be made. */
function createError(why: string): CriError {
  return criError(
    'Unknown',
    `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${why}`,
  );
}

/** The image's variables, overwritten by the container's, with what the runtime itself adds. */
function environment(container: Container, terminal: boolean): Map<string, string> {
  const env = new Map<string, string>([
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['HOSTNAME', container.sandbox.namespaces.uts.hostname],
  ]);
  if (terminal) env.set('TERM', 'xterm');
  for (const [key, value] of container.image.env) env.set(key, value);
  for (const [key, value] of container.config.env) env.set(key, value);
  if (!env.has('HOME')) env.set('HOME', container.user.uid === 0 ? '/root' : '/');
  return env;
}
