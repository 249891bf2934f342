/** Keeps a KubeProxy told of Services and EndpointSlices, as its informers do. The one place where kube-proxy meets the API server. */
import type { ApiServer } from '../apiserver/api-server.ts';
import type { KubeProxy } from './kube-proxy.ts';

/** Virtual milliseconds from a change in the API server to its arrival here. */
const WATCH_LATENCY = 2;

/** Lists what there is, then follows every change. @returns how to stop */
export function watchServices(server: ApiServer, proxy: KubeProxy): () => void {
  const later = (action: () => void): void => {
    server.simulation.after(WATCH_LATENCY, action);
  };
  const services = server.list('services', {});
  if (services.kind === 'List') for (const each of services.items) proxy.setService(each);
  const slices = server.list('endpointslices.discovery.k8s.io', {});
  if (slices.kind === 'List') for (const each of slices.items) proxy.setEndpointSlice(each);
  const stops = [
    server.watch('services', {}, (event) => {
      later(() => {
        const { object } = event;
        if (event.type === 'DELETED')
          proxy.removeService({
            namespace: object.metadata.namespace ?? '',
            name: object.metadata.name ?? '',
          });
        else proxy.setService(object);
      });
    }),
    server.watch('endpointslices.discovery.k8s.io', {}, (event) => {
      later(() => {
        if (event.type === 'DELETED') proxy.removeEndpointSlice(event.object);
        else proxy.setEndpointSlice(event.object);
      });
    }),
  ];
  return () => {
    for (const stop of stops) if (typeof stop === 'function') stop();
  };
}
