/** The last step of a sandbox: its containers, then itself, leave the runtime's books (pkg/kubelet/kuberuntime/kuberuntime_gc.go, v1.37). */
import type { NodeServices } from './node-services.ts';

export function forgetSandbox(services: NodeServices, id: string | undefined): void {
  if (id === undefined) return;
  const { runtime } = services;
  for (const container of runtime.containers(id)) {
    services.gone(container.id);
    runtime.removeContainer(container.id);
  }
  services.gone(id);
  runtime.removePodSandbox(id);
}
