/**
 * Runs what probes and lifecycle hooks ask for: a command in the container, an HTTP request, a TCP connection, a pause.
 * Modelled on pkg/kubelet/lifecycle/handlers.go and pkg/probe/* (v1.37).
 */
import type { Simulation } from '../../engine/simulation.ts';
import type { IntOrString } from '../api/types-meta.ts';
import type { Container, ExecAction, HTTPGetAction, LifecycleHandler, SleepAction, TCPSocketAction } from '../api/types-pod.ts';
import type { ContainerRuntime } from '../cri/runtime.ts';
import { OutputSink } from './output-sink.ts';
import type { ProbeNetwork } from './node-host.ts';

export interface HandlerTarget {
  readonly container: Container;
  readonly containerId: string;
  readonly podIp: string;
  readonly timeoutSeconds: number;
}

/** `failure` is what a probe shows; `error` means that it could not even be tried. */
export type HandlerResult = { readonly kind: 'success' } | { readonly kind: 'failure' | 'error'; readonly output: string };

export type Action = Partial<LifecycleHandler> & {
  readonly exec?: ExecAction;
  readonly httpGet?: HTTPGetAction;
  readonly tcpSocket?: TCPSocketAction;
  readonly sleep?: SleepAction;
};

export class HandlerRunner {
  readonly #simulation: Simulation;
  readonly #runtime: ContainerRuntime;
  readonly #network: ProbeNetwork;

  constructor(options: { readonly simulation: Simulation; readonly runtime: ContainerRuntime; readonly network: ProbeNetwork }) {
    this.#simulation = options.simulation;
    this.#runtime = options.runtime;
    this.#network = options.network;
  }

  /** Runs one action; answers exactly once, at the latest when its time is over. */
  run(action: Action, target: HandlerTarget, done: (result: HandlerResult) => void): void {
    if (action.exec !== undefined) this.#exec(action.exec.command ?? [], target, done);
    else if (action.httpGet !== undefined) this.#http(action.httpGet, target, done);
    else if (action.tcpSocket !== undefined) this.#tcp(action.tcpSocket, target, done);
    else if (action.sleep !== undefined) this.#simulation.after(action.sleep.seconds * 1000, () => done({ kind: 'success' }));
    else done({ kind: 'success' });
  }

  #exec(argv: readonly string[], target: HandlerTarget, done: (result: HandlerResult) => void): void {
    const sink = new OutputSink();
    let answered = false;
    const answer = (result: HandlerResult): void => {
      if (answered) return;
      answered = true;
      timer.cancel();
      done(result);
    };
    const timer = this.#simulation.after(target.timeoutSeconds * 1000, () => {
      answer({ kind: 'failure', output: `command timed out: ${JSON.stringify(argv.join(' '))} timed out after ${String(target.timeoutSeconds)}s` });
    });
    this.#runtime.exec({
      containerId: target.containerId,
      argv,
      stdin: undefined,
      stdout: sink,
      stderr: sink,
      tty: undefined,
      done: (result) => {
        if ('exitCode' in result) answer(result.exitCode === 0 ? { kind: 'success' } : { kind: 'failure', output: sink.text() });
        else answer({ kind: 'error', output: `rpc error: code = ${result.code} desc = ${result.message}` });
      },
    });
  }

  #http(action: HTTPGetAction, target: HandlerTarget, done: (result: HandlerResult) => void): void {
    const port = portNumber(action.port, target.container);
    if (typeof port === 'string') {
      done({ kind: 'error', output: port });
      return;
    }
    const scheme = action.scheme === 'HTTPS' ? 'HTTPS' : 'HTTP';
    const host = (action.host ?? '') === '' ? target.podIp : (action.host ?? '');
    const path = (action.path ?? '') === '' ? '/' : (action.path ?? '');
    const headers = (action.httpHeaders ?? []).map((header): readonly [string, string] => [header.name, header.value]);
    const url = `${scheme.toLowerCase()}://${host}:${String(port)}${path.startsWith('/') ? path : `/${path}`}`;
    this.#network.httpGet({ scheme, host, port, path, headers, timeoutSeconds: target.timeoutSeconds }, (result) => {
      if ('error' in result) done({ kind: 'failure', output: `Get ${JSON.stringify(url)}: ${result.error}` });
      else if (result.status >= 200 && result.status < 400) done({ kind: 'success' });
      else done({ kind: 'failure', output: `HTTP probe failed with statuscode: ${String(result.status)}` });
    });
  }

  #tcp(action: TCPSocketAction, target: HandlerTarget, done: (result: HandlerResult) => void): void {
    const port = portNumber(action.port, target.container);
    if (typeof port === 'string') {
      done({ kind: 'error', output: port });
      return;
    }
    const host = (action.host ?? '') === '' ? target.podIp : (action.host ?? '');
    this.#network.tcpDial({ host, port, timeoutSeconds: target.timeoutSeconds }, (error) => {
      done(error === undefined ? { kind: 'success' } : { kind: 'failure', output: error });
    });
  }
}

/** A port number, that of a named port, or why there is none (probe.ResolveContainerPort). */
function portNumber(port: IntOrString, container: Container): number | string {
  if (typeof port === 'number') return port > 0 && port < 65_536 ? port : `invalid port number: ${String(port)}`;
  const named = (container.ports ?? []).find((each) => each.name === port);
  if (named !== undefined) return named.containerPort;
  const parsed = Number(port);
  return Number.isInteger(parsed) && parsed > 0
    ? parsed
    : `couldn't find port: ${JSON.stringify(port)} in container ${JSON.stringify(container.name)}`;
}
