// What learners expect of a Pod among the node's processes and IPC objects.
import { definePredictions } from '../../../../src/exercise/prediction.ts';

const at = 'host-pid/main';
const own = { manifest: { from: 'start' } } as const;
const memory = [{ at: 'server5-node1', run: 'ipcmk -M 4096' }];

export const predictions = definePredictions({
  'pid-one': {
    kind: 'outputs',
    look: { manifest: {}, at, run: 'ps' },
    show: '^ +1 ',
    options: {
      sleep: { instead: own },
      pause: { instead: { manifest: { from: 'start', spec: { shareProcessNamespace: true } } } },
      init: {},
    },
  },
  ipcs: {
    kind: 'outputs',
    look: { manifest: {}, at, run: 'ipcs -m', before: memory },
    show: '^0x|^key',
    options: {
      // "Whoever sees the node's processes sees its memory too" is the other way round: hostPID alone shows none of it.
      own: { instead: { manifest: { spec: { hostIPC: undefined } } } },
      node: {},
    },
  },
  'shm-size': {
    kind: 'outputs',
    look: { manifest: {}, at, run: 'df -h /dev/shm' },
    options: { own: { instead: own }, node: {} },
  },
});
