/** A container runtime for tests of the control plane: containers run as their image name says, nothing else is behind it. */
import type { Simulation } from '../../engine/simulation.ts';
import type { ContainerConfig, ContainerRuntime, ContainerStatus, PodSandboxConfig } from '../cri/runtime.ts';
import type { NodeFiles, ProbeNetwork } from './node-host.ts';

interface Running {
  status: ContainerStatus;
  readonly config: ContainerConfig;
}

/** What the container of an image does: runs on, or ends by itself after some milliseconds. */
export interface Script {
  readonly endsAfter?: number;
  readonly exitCode?: number;
  /** Ends at SIGTERM (else only SIGKILL after the grace period). */
  readonly obeysTerm?: boolean;
  readonly startError?: string;
}

export function scriptedRuntime(
  simulation: Simulation,
  scripts: Readonly<Record<string, Script>>,
  network: string,
): ContainerRuntime & { readonly sandboxes: ReadonlyMap<string, { readonly config: PodSandboxConfig }> } {
  const sandboxes = new Map<string, { readonly config: PodSandboxConfig; ready: boolean; readonly ip: string; readonly containers: Running[] }>();
  const byId = new Map<string, Running>();
  const listeners: ((id: string) => void)[] = [];
  let next = 0;
  const end = (id: string, exitCode: number): void => {
    const running = byId.get(id);
    if (running === undefined || running.status.state !== 'running') return;
    running.status = { ...running.status, state: 'exited', exitCode, finishedAt: simulation.now, reason: exitCode === 0 ? 'Completed' : 'Error' };
    for (const listener of listeners) listener(id);
  };
  return {
    version: '2.4.2',
    sandboxes,
    imageStatus: () => undefined,
    pullImage(reference, done) {
      simulation.after(30, () => {
        const image = reference.replace(/:.*/, '');
        if (scripts[image] === undefined) done({ kind: 'cri-error', code: 'Unknown', message: `pull of ${reference} refused` });
        else done({ kind: 'image', reference, id: `docker.io/${image}@sha256:0`, size: 1000 });
      });
    },
    runPodSandbox(config, done) {
      simulation.after(200, () => {
        const id = `sandbox${String(next++)}`;
        sandboxes.set(id, { config, ready: true, ip: config.namespaces.network === 'node' ? '' : `${network}.${String(next)}`, containers: [] });
        const sandbox = this.podSandbox(id);
        if (sandbox !== undefined) done(sandbox);
      });
    },
    stopPodSandbox(id, done) {
      const sandbox = sandboxes.get(id);
      if (sandbox !== undefined) sandbox.ready = false;
      simulation.after(20, done);
    },
    removePodSandbox: (id) => void sandboxes.delete(id),
    podSandbox(id) {
      const sandbox = sandboxes.get(id);
      return sandbox === undefined ? undefined : { id, state: sandbox.ready ? 'ready' : 'notready', ips: sandbox.ip === '' ? [] : [sandbox.ip] };
    },
    createContainer(sandboxId, config, done) {
      simulation.after(20, () => {
        const id = `container${String(next++)}`;
        const status: ContainerStatus = {
          id,
          name: config.name,
          attempt: config.attempt,
          state: 'created',
          image: config.image,
          imageId: 'sha256:0',
          createdAt: simulation.now,
          startedAt: undefined,
          finishedAt: undefined,
          exitCode: undefined,
          signal: undefined,
          reason: undefined,
          message: undefined,
        };
        const running: Running = { status, config };
        byId.set(id, running);
        sandboxes.get(sandboxId)?.containers.push(running);
        done({ id });
      });
    },
    startContainer(id, done) {
      simulation.after(40, () => {
        const running = byId.get(id);
        if (running === undefined) return;
        const script = scripts[running.config.image] ?? {};
        if (script.startError !== undefined) {
          running.status = {
            ...running.status,
            state: 'exited',
            exitCode: 128,
            finishedAt: simulation.now,
            reason: 'StartError',
            message: script.startError,
          };
          done({ kind: 'cri-error', code: 'Unknown', message: script.startError });
          return;
        }
        running.status = { ...running.status, state: 'running', startedAt: simulation.now };
        if (script.endsAfter !== undefined) simulation.after(script.endsAfter, () => end(id, script.exitCode ?? 0));
        done(undefined);
      });
    },
    stopContainer(id, graceSeconds, done) {
      const running = byId.get(id);
      const obeys = scripts[running?.config.image ?? '']?.obeysTerm === true;
      simulation.after(obeys ? 5 : graceSeconds * 1000, () => {
        end(id, obeys ? 0 : 137);
        done();
      });
    },
    removeContainer: (id) => void byId.delete(id),
    containerStatus: (id) => byId.get(id)?.status,
    containers: (sandboxId) => (sandboxes.get(sandboxId)?.containers ?? []).map((running) => running.status).filter((status) => byId.has(status.id)),
    log: () => ({ entries: [], subscribe: () => () => undefined }),
    exec: (request) => request.done({ exitCode: 0 }),
    attach: () => undefined,
    onExit: (listener) => void listeners.push(listener),
  };
}

export const emptyFiles: NodeFiles = {
  readText: (path) => (path === '/etc/resolv.conf' ? 'nameserver 192.168.2.1\n' : undefined),
  list: () => [],
  typeOf: () => undefined,
  makeDirectory: () => undefined,
  createFile: () => undefined,
  watch: () => () => undefined,
};

export const silentNetwork: ProbeNetwork = {
  httpGet: (_probe, done) => done({ status: 200, body: '' }),
  tcpDial: (_target, done) => done(undefined),
};
