// What learners expect of a host port: where it answers, and whether anybody listens.
import { definePredictions } from '../../../../src/exercise/prediction.ts';

/** "The port is open on every node": what a Pod on each of them would bring about. */
const onEveryNode = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: kubia-hostport
spec:
  selector:
    matchLabels:
      app: kubia
  template:
    metadata:
      labels:
        app: kubia
    spec:
      tolerations:
      - operator: Exists
      containers:
      - name: kubia
        image: luksa/kubia
        ports:
        - containerPort: 8080
          hostPort: 9000
`;

/** "What is open is listening": a program that really listens on the node's port 9000. */
const listener = `apiVersion: v1
kind: Pod
metadata:
  name: listener
spec:
  hostNetwork: true
  containers:
  - name: main
    image: alpine
    command: ["nc", "-l", "-k", "-p", "9000"]
`;

export const predictions = definePredictions({
  'which-answers': {
    kind: 'lines',
    look: {
      manifest: {},
      at: 'client',
      run: 'for n in 192.168.2.204 192.168.2.205 192.168.2.206; do curl -s $n:9000 >/dev/null && echo $n answers; done',
    },
    options: {
      n2: { line: '^192.168.2.206 answers' },
      n1: { line: '^192.168.2.205 answers', instead: { manifest: { text: onEveryNode } } },
      m: { line: '^192.168.2.204 answers', instead: { manifest: { text: onEveryNode } } },
    },
  },
  'ss-lines': {
    kind: 'lines',
    look: { manifest: {}, at: 'server6-node2', run: 'ss -tln' },
    show: '^State|:(22|9000|10250)\\b',
    options: {
      sshd: { line: '^LISTEN.* 0\\.0\\.0\\.0:22' },
      port: { line: '^LISTEN.*:9000', instead: { manifest: { text: listener } } },
      kubelet: { line: '^LISTEN.*:10250' },
    },
  },
});
