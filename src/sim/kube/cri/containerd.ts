/**
 * containerd on one simulated machine: PodSandboxes and containers as Linux namespaces and processes
 * (containerd v2 internal/cri/server: sandbox_run.go, container_create.go, container_start.go, container_execsync.go).
 * Knows no Kubernetes object; the kubelet speaks to it through runtime.ts.
 */
import { createPipe } from '../../linux/fs/pipe.ts';
import type { OpenFile } from '../../linux/fs/open-file.ts';
import type { Machine } from '../../linux/machine.ts';
import { unbindNetworkName } from '../../linux/namespace/network-names.ts';
import { deliver } from '../../linux/process/signal-delivery.ts';
import { SIGNAL_NUMBERS } from '../../linux/process/signals.ts';
import { Tty, TtyFile } from '../../linux/tty/pty.ts';
import type { NetworkPlugin } from '../cni/network-plugin.ts';
import { NullFile } from '../../linux/fs/null-file.ts';
import { LogFile } from './container-log.ts';
import { newContainer, statusOf, type Container, type Sandbox } from './container.ts';
import { cgroupOf, containerNamespaces, startInContainer } from './container-process.ts';
import { criError } from './cri-error.ts';
import { containerRoot } from './container-root.ts';
import { attachTo } from './attach.ts';
import type { ImageStore } from './image-store.ts';
import { connectSandbox, draftSandbox, startSandbox, startShim, type SandboxDraft } from './sandbox.ts';
import type {
  ContainerConfig,
  ContainerLog,
  ContainerRuntime,
  ContainerStatus,
  CriError,
  ExecRequest,
  PodSandbox,
  PodSandboxConfig,
  PulledImage,
} from './runtime.ts';

/** Virtual milliseconds of the steps, about what the recorded events show. */
const TIMES = { namespaces: 30, network: 60, shim: 60, pause: 30, create: 60, start: 90, stop: 20, exec: 45, exit: 25 } as const;

export interface ContainerdOptions {
  readonly machine: Machine;
  readonly images: ImageStore;
  readonly network: NetworkPlugin;
  /** How long the shim and the pause process of single Pods take when they first start, in milliseconds, by the Pod's name. */
  readonly firstStarts?: Readonly<Record<string, { readonly shim: number; readonly pause: number }>>;
}

export class Containerd implements ContainerRuntime {
  readonly version = '2.4.2';
  readonly #machine: Machine;
  readonly #images: ImageStore;
  readonly #network: NetworkPlugin;
  readonly #sandboxById = new Map<string, Sandbox>();
  readonly #containerById = new Map<string, Container>();
  readonly #exitListeners = new Set<(id: string) => void>();
  readonly #firstStarts: Map<string, { readonly shim: number; readonly pause: number }>;
  /** While the machine boots every step takes its usual time, without chance. */
  booting = false;
  /** When the network plugin, which lets one Pod in at a time, is free again. */
  #networkFreeAt = 0;

  constructor(options: ContainerdOptions) {
    this.#machine = options.machine;
    this.#images = options.images;
    this.#network = options.network;
    this.#firstStarts = new Map(Object.entries(options.firstStarts ?? {}));
  }

  imageStatus(reference: string): PulledImage | undefined {
    return this.#images.present(reference);
  }

  pullImage(reference: string, done: (result: PulledImage | CriError) => void): void {
    this.#images.pull(reference, done);
  }

  runPodSandbox(config: PodSandboxConfig, done: (result: PodSandbox | CriError) => void): void {
    this.#after(TIMES.namespaces, () => {
      const draft = draftSandbox({ machine: this.#machine, network: this.#network, config, id: this.#newId() });
      this.#afterNetwork(draft, () => {
        const ips = connectSandbox(draft);
        if ('code' in ips) done(ips);
        else this.#startSandbox(draft, ips, done);
      });
    });
  }

  /** The network plugin works on one Pod after the other (host-local and iptables hold locks). */
  #afterNetwork(draft: SandboxDraft, action: () => void): void {
    if (draft.onNode) {
      action();
      return;
    }
    const { simulation } = this.#machine.kernel;
    this.#networkFreeAt = Math.max(simulation.now, this.#networkFreeAt) + TIMES.network * this.#chance();
    simulation.after(this.#networkFreeAt - simulation.now, action);
  }

  #startSandbox(draft: SandboxDraft, ips: readonly string[], done: (result: PodSandbox | CriError) => void): void {
    const first = this.#firstStarts.get(draft.config.name);
    this.#firstStarts.delete(draft.config.name);
    this.#after(first?.shim ?? TIMES.shim, () => {
      const shim = startShim(this.#machine, draft.id);
      if ('code' in shim) {
        done(shim);
        return;
      }
      this.#after(first?.pause ?? TIMES.pause, () => {
        const sandbox = startSandbox(draft, shim, ips);
        if ('code' in sandbox) {
          done(sandbox);
          return;
        }
        this.#sandboxById.set(sandbox.id, sandbox);
        whenEnded(sandbox.pause, () => {
          sandbox.ready = false;
          for (const listener of this.#exitListeners) listener(sandbox.id);
        });
        done({ id: sandbox.id, state: 'ready', ips: sandbox.ips });
      });
    });
  }

  stopPodSandbox(id: string, done: () => void): void {
    const sandbox = this.#sandboxById.get(id);
    if (!sandbox) {
      done();
      return;
    }
    for (const container of sandbox.containers) if (container.process) deliver(container.process, 'SIGKILL', { force: true });
    this.#after(TIMES.stop, () => {
      sandbox.ready = false;
      deliver(sandbox.pause, 'SIGKILL', { force: true });
      if (sandbox.config.namespaces.network !== 'node') {
        const { net } = sandbox.namespaces;
        this.#network.remove({ sandboxId: id, namespace: net });
        if (net.boundName !== undefined) unbindNetworkName(this.#machine.init, net.boundName);
      }
      deliver(sandbox.shim, 'SIGKILL', { force: true });
      done();
    });
  }

  removePodSandbox(id: string): void {
    const sandbox = this.#sandboxById.get(id);
    for (const container of sandbox?.containers ?? []) this.#containerById.delete(container.id);
    this.#sandboxById.delete(id);
  }

  podSandbox(id: string): PodSandbox | undefined {
    const sandbox = this.#sandboxById.get(id);
    return sandbox && { id, state: sandbox.ready ? 'ready' : 'notready', ips: sandbox.ips };
  }

  createContainer(sandboxId: string, config: ContainerConfig, done: (result: { readonly id: string } | CriError) => void): void {
    this.#after(TIMES.create, () => {
      const sandbox = this.#sandboxById.get(sandboxId);
      if (!sandbox) {
        done(criError('NotFound', `failed to find sandbox id "${sandboxId}": not found`));
        return;
      }
      const image = this.#images.image(config.image);
      if (!image) {
        done(criError('NotFound', `failed to create containerd container: error unpacking image: image "${config.image}": not found`));
        return;
      }
      const id = this.#newId();
      const made = containerRoot({ machine: this.#machine, sandbox, config, image });
      if ('code' in made) {
        done(made);
        return;
      }
      const container = newContainer({ id, sandbox, config, image, user: made.user, root: made.root }, this.#machine.kernel.simulation);
      this.#containerById.set(id, container);
      sandbox.containers.add(container);
      done({ id });
    });
  }

  startContainer(id: string, done: (result: CriError | undefined) => void): void {
    this.#after(TIMES.start, () => {
      const container = this.#containerById.get(id);
      if (!container) {
        done(criError('NotFound', `an error occurred when try to find container "${id}": not found`));
        return;
      }
      const failed = this.#start(container);
      if (failed) {
        container.state = 'exited';
        container.exitCode = 128;
        container.reason = 'StartError';
        container.message = failed.message;
        container.startedAt = undefined;
        container.finishedAt = this.#machine.kernel.simulation.now;
      }
      done(failed);
    });
  }

  stopContainer(id: string, graceSeconds: number, done: () => void): void {
    const container = this.#containerById.get(id);
    const process = container?.process;
    if (!process || container.state !== 'running') {
      done();
      return;
    }
    let finished = false;
    const timer = this.#machine.kernel.simulation.after(graceSeconds * 1000, () => {
      deliver(process, 'SIGKILL', { force: true });
    });
    const finish = (): void => {
      if (finished || container.state === 'running') return;
      finished = true;
      timer.cancel();
      done();
    };
    const listener = (ended: string): void => {
      if (ended !== id) return;
      this.#exitListeners.delete(listener);
      finish();
    };
    this.#exitListeners.add(listener);
    deliver(process, container.image.stopSignal ?? 'SIGTERM', { force: true });
  }

  removeContainer(id: string): void {
    const container = this.#containerById.get(id);
    container?.sandbox.containers.delete(container);
    this.#containerById.delete(id);
  }

  containerStatus(id: string): ContainerStatus | undefined {
    const container = this.#containerById.get(id);
    return container && statusOf(container);
  }

  containers(sandboxId: string): readonly ContainerStatus[] {
    return [...(this.#sandboxById.get(sandboxId)?.containers ?? [])].map(statusOf);
  }

  log(id: string): ContainerLog | undefined {
    return this.#containerById.get(id)?.log;
  }

  exec(request: ExecRequest): void {
    this.#after(TIMES.exec, () => {
      const container = this.#containerById.get(request.containerId);
      if (!container?.process || container.state !== 'running') {
        request.done(
          criError('Unknown', `failed to exec in container: failed to load task: no running task found: task ${request.containerId} not found`),
        );
        return;
      }
      const files = new Map<number, OpenFile>([
        [0, request.stdin ?? new NullFile('read')],
        [1, request.stdout],
        [2, request.stderr],
      ]);
      const process = startInContainer({ machine: this.#machine, container, argv: request.argv, files, tty: request.tty, exec: true });
      if ('message' in process) {
        request.done(process);
        return;
      }
      whenEnded(process, () => {
        this.#after(TIMES.exit, () => {
          request.done({ exitCode: exitCodeOf(process.exit) });
        });
      });
    });
  }

  attach(request: Omit<ExecRequest, 'argv'>): void {
    const container = this.#containerById.get(request.containerId);
    if (!container?.process || container.state !== 'running') {
      request.done(criError('Unknown', `container is in ${container?.state === 'exited' ? 'CONTAINER_EXITED' : 'CONTAINER_UNKNOWN'} state`));
      return;
    }
    attachTo(container, request, (process, done) => {
      whenEnded(process, () => {
        this.#after(TIMES.exit, done);
      });
    });
  }

  onExit(listener: (id: string) => void): void {
    this.#exitListeners.add(listener);
  }

  /** The container's own namespaces and processes, for drawings and checks. */
  container(id: string): Container | undefined {
    return this.#containerById.get(id);
  }

  /** All sandboxes that are there. */
  sandboxes(): Iterable<Sandbox> {
    return this.#sandboxById.values();
  }

  #start(container: Container): CriError | undefined {
    container.namespaces = containerNamespaces(this.#machine, container, (id) => this.#containerById.get(id));
    const { config, log } = container;
    const kernel = this.#machine.kernel;
    let files: Map<number, OpenFile>;
    if (config.tty) {
      const tty = new Tty({
        name: 'pts/0',
        onOutput: (text) => {
          log.append('stdout', text);
        },
      });
      container.tty = tty;
      const file = new TtyFile(tty);
      files = new Map([
        [0, file],
        [1, file],
        [2, file],
      ]);
    } else {
      files = new Map<number, OpenFile>([
        [0, new NullFile()],
        [
          1,
          new LogFile(kernel.nextFileInode(), (text) => {
            log.append('stdout', text);
          }),
        ],
        [
          2,
          new LogFile(kernel.nextFileInode(), (text) => {
            log.append('stderr', text);
          }),
        ],
      ]);
      if (config.stdin) {
        const pipe = createPipe(kernel.nextFileInode());
        files.set(0, pipe.reader);
        container.stdin = pipe.writer;
        pipe.writer.retain();
        // Held while the executable is looked for: each failed try closes its descriptors.
        pipe.reader.retain();
      }
    }
    const argv = [...(config.command ?? container.image.entrypoint), ...(config.args ?? (config.command ? [] : container.image.command))];
    if (config.memoryLimit !== undefined) kernel.memoryLimits.set(cgroupOf(container), config.memoryLimit);
    const process = startInContainer({ machine: this.#machine, container, argv, files, tty: container.tty, exec: false });
    if (container.stdin) files.get(0)?.release();
    if ('message' in process) return process;
    container.process = process;
    container.state = 'running';
    container.startedAt = kernel.simulation.now;
    whenEnded(process, () => {
      this.#after(TIMES.exit, () => {
        this.#ended(container);
      });
    });
    return undefined;
  }

  #ended(container: Container): void {
    const exit = container.process?.exit;
    container.state = 'exited';
    container.finishedAt = this.#machine.kernel.simulation.now;
    container.exitCode = exitCodeOf(exit);
    container.signal = exit?.kind === 'signaled' ? exit.signal : undefined;
    container.reason = this.#machine.kernel.outOfMemory.delete(cgroupOf(container)) ? 'OOMKilled' : container.exitCode === 0 ? 'Completed' : 'Error';
    container.log.changed();
    container.stdin?.release();
    container.stdin = undefined;
    for (const listener of [...this.#exitListeners]) listener(container.id);
  }

  #after(delay: number, action: () => void): void {
    this.#machine.kernel.simulation.after(delay * this.#chance(), action);
  }

  /** A factor around 1. */
  #chance(): number {
    return this.booting ? 1 : 0.8 + 0.4 * this.#machine.kernel.simulation.random.next();
  }

  #newId(): string {
    return this.#machine.kernel.simulation.random.string(64, '0123456789abcdef');
  }
}

function whenEnded(process: Sandbox['pause'], listener: () => void): void {
  if (process.exit) listener();
  else process.ended.add(listener);
}

function exitCodeOf(exit: Sandbox['pause']['exit']): number {
  if (!exit) return 0;
  return exit.kind === 'exited' ? exit.code : 128 + SIGNAL_NUMBERS[exit.signal];
}
