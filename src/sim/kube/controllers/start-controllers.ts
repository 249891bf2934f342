/** Starts the controllers of kube-controller-manager that this cluster has, and the expiry of Events. The only place that knows them all. */
import type { ApiServer } from '../apiserver/api-server.ts';
import { expireEvents } from '../apiserver/event-expiry.ts';
import { DaemonSetController } from './daemon-set.ts';
import { DeploymentController } from './deployment.ts';
import { GarbageCollector } from './garbage-collector.ts';
import { JobController } from './job.ts';
import { NamespaceController } from './namespace.ts';
import { NodeLifecycleController } from './node-lifecycle.ts';
import { ReplicaSetController } from './replica-set.ts';
import { ServiceEndpointsController } from './service-endpoints.ts';
import { StatefulSetController } from './stateful-set.ts';

/** Lets every controller watch `server` from now on. */
export function startControllers(server: ApiServer): void {
  expireEvents(server);
  new NamespaceController(server).start();
  new NodeLifecycleController(server).start();
  new GarbageCollector(server).start();
  new ServiceEndpointsController(server).start();
  new ReplicaSetController(server).start();
  new DeploymentController(server).start();
  new DaemonSetController(server).start();
  new StatefulSetController(server).start();
  new JobController(server).start();
}
