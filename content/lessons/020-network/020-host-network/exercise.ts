// The Pod moves into the node's network and keeps everything else to itself.
import { hostNamespace } from '../../../../src/exercise/checks/host-namespace.ts';
import { defineExercise } from '../../../../src/exercise/exercise.ts';

export const exercise = defineExercise({
  file: 'pod-host-network.yaml',
  scene: {
    commands: [{ at: 'server4-master', run: 'kubectl cordon server6-node2' }],
    running: [],
  },
  goals: [
    { id: 'shares-network', check: hostNamespace('hostNetwork', true) },
    { id: 'own-processes', check: hostNamespace('hostPID', false) },
    { id: 'own-ipc', check: hostNamespace('hostIPC', false) },
  ],
  misconceptions: [
    {
      id: 'port-remap',
      revealedBy: ['fieldInvalid:spec.containers.ports.hostPort'],
      example: { container: { ports: [{ containerPort: 8080, hostPort: 9000 }] } },
    },
    { id: 'in-container', revealedBy: ['unknownField:spec.containers.hostNetwork'], example: { from: 'start', container: { hostNetwork: true } } },
  ],
  observers: ['server4-master', 'server5-node1', 'client'],
  comparison: {
    command: 'ifconfig',
    observers: ['server5-node1', 'pod-host-network/main'],
    more: ['readlink /proc/self/ns/net', 'netstat -tln', 'ip route', 'cat /etc/resolv.conf', 'hostname', 'ps', 'ipcs'],
  },
  walkthrough: [
    { at: 'server4-master', run: 'kubectl create -f pod-host-network.yaml' },
    { at: 'server4-master', run: 'kubectl get po -o wide', whenReady: 'pod-host-network' },
    { at: 'server4-master', run: 'kubectl exec pod-host-network -- ifconfig' },
    { at: 'server5-node1', run: 'ifconfig' },
    { at: 'server4-master', run: 'kubectl exec pod-host-network -- hostname' },
    { at: 'server4-master', run: 'kubectl exec pod-host-network -- readlink /proc/self/ns/net' },
    { at: 'server5-node1', run: 'readlink /proc/self/ns/net' },
    { at: 'server4-master', run: 'kubectl get po -n kube-system -o wide' },
  ],
});
