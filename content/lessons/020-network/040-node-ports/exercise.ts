// One port of one node leads to the Pod, without the node's network.
import { hostNamespace } from '../../../../src/exercise/checks/host-namespace.ts';
import { hostPort } from '../../../../src/exercise/checks/host-port.ts';
import { portAnswered } from '../../../../src/exercise/checks/port-answered.ts';
import { defineExercise } from '../../../../src/exercise/exercise.ts';

export const exercise = defineExercise({
  file: 'kubia-hostport.yaml',
  scene: {
    commands: [{ at: 'server4-master', run: 'kubectl cordon server5-node1' }],
    running: [],
  },
  goals: [
    { id: 'node-port', check: hostPort({ containerPort: 8080, hostPort: 9000 }) },
    { id: 'own-network', check: hostNamespace('hostNetwork', false) },
    { id: 'reached', check: portAnswered({ from: 'client', port: 9000 }) },
  ],
  misconceptions: [
    {
      id: 'network-for-a-port',
      revealedBy: ['hostPort.onNodeNetwork', 'hostNetwork.unwanted'],
      example: { from: 'start', spec: { hostNetwork: true } },
    },
    {
      id: 'node-port-field',
      revealedBy: ['unknownField:spec.containers.ports.nodePort'],
      example: { container: { ports: [{ containerPort: 8080, nodePort: 9000 }] } },
    },
    {
      id: 'swapped',
      revealedBy: ['hostPort.other', 'hostPort.containerPort'],
      example: { container: { ports: [{ containerPort: 9000, hostPort: 8080 }] } },
    },
  ],
  observers: ['server4-master', 'client', 'server5-node1', 'server6-node2'],
  comparison: {
    command: 'ss -tln',
    observers: ['server6-node2', 'server5-node1'],
    more: [
      'curl -sS http://192.168.2.206:9000',
      'curl -sS http://192.168.2.205:9000',
      'iptables -t nat -S CNI-HOSTPORT-DNAT',
      'ip route',
      'hostname',
    ],
  },
  walkthrough: [
    { at: 'server4-master', run: 'kubectl create -f kubia-hostport.yaml' },
    { at: 'server4-master', run: 'kubectl get po -o wide', whenReady: 'kubia-hostport' },
    { at: 'client', run: 'curl -s http://192.168.2.206:9000' },
    { at: 'client', run: 'curl -sS http://192.168.2.205:9000' },
    { at: 'server6-node2', run: 'ss -tln' },
    { at: 'server6-node2', run: 'iptables -t nat -L PREROUTING -n' },
    { at: 'server4-master', run: 'kubectl label po kubia-hostport app=kubia' },
    { at: 'server4-master', run: 'kubectl expose po kubia-hostport --name=kubia --port=8080 --type=NodePort' },
    { at: 'server4-master', run: 'kubectl get svc kubia -o jsonpath={.spec.ports[0].nodePort}', capture: { port: '(\\d+)' } },
    { at: 'client', run: 'curl -s http://192.168.2.205:${port}' },
    { at: 'client', run: 'curl -s http://192.168.2.206:${port}' },
  ],
});
