/** Makes a Pod's sandbox: its DNS settings, ids and configuration, and the events when that fails. Modelled on kuberuntime_sandbox.go (v1.37). */
import type { Pod } from '../api/types-pod.ts';
import type { CriError, PodSandbox, PodSandboxConfig } from '../cri/runtime.ts';
import type { NodeServices } from './node-services.ts';
import { parseResolvConf, podDns } from './pod-dns.ts';
import { sandboxConfig } from './sandbox-config.ts';

/** Runs a new sandbox. @param options attempt counts the Pod's sandboxes */
export function makeSandbox(
  services: NodeServices,
  pod: Pod,
  options: { readonly attempt: number; readonly qosClass: string; readonly done: (result: PodSandbox | CriError) => void },
): void {
  const { runtime, files, clusterDns, events } = services;
  const dns = podDns(pod, parseResolvConf(files.readText('/etc/resolv.conf') ?? ''), clusterDns);
  for (const message of dns.warnings) events.pod(pod, { type: 'Warning', reason: 'DNSConfigForming', message });
  const idMapping: PodSandboxConfig['idMapping'] = pod.spec.hostUsers === false ? services.allocateIds(pod.metadata.uid ?? '') : undefined;
  const config = sandboxConfig(pod, { attempt: options.attempt, dns, qosClass: options.qosClass, idMapping });
  runtime.runPodSandbox(config, (result) => {
    if ('kind' in result) {
      const message = `Failed to create pod sandbox: rpc error: code = ${result.code} desc = ${result.message}`;
      events.pod(pod, { type: 'Warning', reason: 'FailedCreatePodSandBox', message });
    }
    options.done(result);
  });
}
