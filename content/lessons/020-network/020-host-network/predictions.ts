// What learners expect of a Pod in the node's network; wrong options come from the Pod that they have in mind.
import { definePredictions } from '../../../../src/exercise/prediction.ts';

const at = 'pod-host-network/main';
const ownNetwork = { manifest: { from: 'start' } } as const;

export const predictions = definePredictions({
  'ifconfig-lines': {
    kind: 'lines',
    look: { manifest: {}, at, run: 'ifconfig' },
    show: '^\\S|inet addr',
    options: {
      ens37: { line: '^ens37 +Link encap:\\w+' },
      eth0: { line: '^eth0 +Link encap:\\w+', instead: ownNetwork },
      lo: { line: '^lo +Link encap:Local Loopback' },
    },
  },
  // The name belongs to the UTS namespace, and yet it changes: the runtime leaves out that one, too.
  hostname: {
    kind: 'value',
    look: { manifest: {}, at, run: 'hostname' },
    value: '^(\\S+)$',
    mistaken: { own: ownNetwork },
  },
  'resolv-conf': {
    kind: 'outputs',
    look: { manifest: {}, at, run: 'cat /etc/resolv.conf' },
    options: {
      cluster: { instead: ownNetwork },
      // "ClusterFirst asks the cluster first, then the node's name server."
      both: {
        instead: {
          manifest: {
            spec: {
              dnsConfig: {
                nameservers: ['10.96.0.10', '192.168.2.1'],
                searches: ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
              },
              dnsPolicy: 'None',
            },
          },
        },
      },
      node: {},
    },
  },
});
