// A Pod sees the node's processes and IPC objects, and ends a program that somebody left running there.
import { hostNamespace } from '../../../../src/exercise/checks/host-namespace.ts';
import { processEnded } from '../../../../src/exercise/checks/process-ended.ts';
import { defineExercise } from '../../../../src/exercise/exercise.ts';

export const exercise = defineExercise({
  file: 'host-pid.yaml',
  scene: {
    commands: [{ at: 'server4-master', run: 'kubectl cordon server6-node2' }],
    running: [{ at: 'server5-node1', program: 'top' }],
  },
  goals: [
    { id: 'sees-processes', check: hostNamespace('hostPID', true) },
    { id: 'shares-ipc', check: hostNamespace('hostIPC', true) },
    { id: 'own-network', check: hostNamespace('hostNetwork', false) },
    { id: 'top-ended', check: processEnded('top') },
  ],
  misconceptions: [
    {
      id: 'share-and-host',
      revealedBy: ['fieldInvalid:spec.shareProcessNamespace', 'fieldForbidden:spec.shareProcessNamespace'],
      example: { spec: { shareProcessNamespace: true } },
    },
    {
      id: 'in-container',
      revealedBy: ['unknownField:spec.containers.hostPID', 'unknownField:spec.containers.hostIPC'],
      example: { from: 'start', container: { hostPID: true, hostIPC: true } },
    },
    { id: 'everything-on', revealedBy: ['hostNetwork.unwanted'], example: { spec: { hostNetwork: true } } },
  ],
  observers: ['server4-master', 'server5-node1', 'client'],
  comparison: {
    command: 'ps',
    observers: ['server5-node1', 'host-pid/main'],
    more: ['ps aux | grep top', 'readlink /proc/self/ns/pid', 'ipcs -m', 'readlink /proc/self/ns/ipc', 'df -h /dev/shm', 'ifconfig'],
  },
  walkthrough: [
    { at: 'server4-master', run: 'kubectl create -f host-pid.yaml' },
    { at: 'server4-master', run: 'kubectl exec host-pid -- ps aux', whenReady: 'host-pid' },
    { at: 'server4-master', run: 'kubectl exec host-pid -- ps aux | grep top', capture: { top: '^ *(\\d+) \\S+ +\\S+ top$' } },
    { at: 'server5-node1', run: 'ipcmk -M 4096' },
    { at: 'server4-master', run: 'kubectl exec host-pid -- ipcs -m' },
    { at: 'server4-master', run: 'kubectl exec host-pid -- kill -9 ${top}' },
    { at: 'server5-node1', run: 'pgrep -a top' },
  ],
});
