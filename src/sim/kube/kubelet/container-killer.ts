/** Stops containers: Killing event, preStop hook, SIGTERM, SIGKILL. Modelled on pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer (v1.37). */
import type { Container, Pod } from '../api/types-pod.ts';
import type { NodeServices } from './node-services.ts';
import { isSidecar } from './runtime-status.ts';
import type { RuntimeStatus } from './runtime-status.ts';

/** minimumGracePeriodInSeconds: even a process that is killed at once gets this long. */
const SHORTEST_GRACE = 2;

export class ContainerKiller {
  readonly #services: NodeServices;

  constructor(services: NodeServices) {
    this.#services = services;
  }

  /** Stops one container. @param stop graceSeconds undefined: the Pod's own */
  kill(
    pod: Pod,
    stop: {
      readonly id: string;
      readonly container: Container;
      readonly message: string;
      readonly graceSeconds: number | undefined;
      readonly podIp: string;
    },
    done: () => void,
  ): void {
    const { events, runner, runtime, simulation, probes } = this.#services;
    const { id, container } = stop;
    events.container(pod, { container: container.name, type: 'Normal', reason: 'Killing', message: stop.message });
    const grace = stop.graceSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
    const finish = (left: number): void => {
      runtime.stopContainer(id, Math.max(SHORTEST_GRACE, left), () => {
        probes.remove(id);
        done();
      });
    };
    const hook = container.lifecycle?.preStop;
    if (hook === undefined || grace <= 0) {
      finish(grace);
      return;
    }
    const began = simulation.now;
    let over = false;
    const goOn = (): void => {
      if (over) return;
      over = true;
      timer.cancel();
      finish(grace - Math.floor((simulation.now - began) / 1000));
    };
    const timer = simulation.after(grace * 1000, goOn);
    runner.run(hook, { container, containerId: id, podIp: stop.podIp, timeoutSeconds: grace + 1 }, (result) => {
      if (result.kind !== 'success')
        events.container(pod, { container: container.name, type: 'Warning', reason: 'FailedPreStopHook', message: 'PreStopHook failed' });
      goOn();
    });
  }

  /** Stops all running containers of a Pod; sidecars only after the main ones, last first. */
  killAll(pod: Pod, context: { readonly runtime: RuntimeStatus; readonly graceSeconds: number; readonly podIp: string }, done: () => void): void {
    const specs = [...(pod.spec.initContainers ?? []), ...pod.spec.containers, ...((pod.spec.ephemeralContainers ?? []) as readonly Container[])];
    const running = context.runtime.containers.filter((container) => container.state === 'running');
    const sidecars = new Set((pod.spec.initContainers ?? []).filter(isSidecar).map((container) => container.name));
    const first = running.filter((container) => !sidecars.has(container.name));
    const order = (pod.spec.initContainers ?? []).map((container) => container.name);
    const later = running.filter((container) => sidecars.has(container.name)).sort((a, b) => order.indexOf(b.name) - order.indexOf(a.name));
    const killOne = (status: (typeof running)[number], then: () => void): void => {
      const container = specs.find((spec) => spec.name === status.name);
      if (container === undefined) this.#services.runtime.stopContainer(status.id, context.graceSeconds, then);
      else
        this.kill(
          pod,
          { id: status.id, container, message: `Stopping container ${container.name}`, graceSeconds: context.graceSeconds, podIp: context.podIp },
          then,
        );
    };
    const inTurn = (index: number): void => {
      const status = later[index];
      if (status === undefined) done();
      else killOne(status, () => inTurn(index + 1));
    };
    if (first.length === 0) {
      inTurn(0);
      return;
    }
    let left = first.length;
    for (const status of first) {
      killOne(status, () => {
        left -= 1;
        if (left === 0) inTurn(0);
      });
    }
  }
}
