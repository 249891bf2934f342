/** kube-controller-manager: starts the controllers. */
import type { ApiServer } from '../apiserver/api-server.ts';
import { DeploymentController } from './deployment.ts';
import { ReplicaSetController } from './replica-set.ts';

export function startControllers(server: ApiServer): void {
  new DeploymentController(server).start();
  new ReplicaSetController(server).start();
}
