// The seed document's course, typed as it stands there: every transcript, in both languages, at both widths.
import { expect, test } from '@playwright/test';
import { openLesson } from './driver.ts';
import type { Language } from './driver.ts';

const languages: readonly Language[] = ['zh', 'en'];

const podHostNetwork = `apiVersion: v1
kind: Pod
metadata:
  name: pod-host-network
spec:
  hostNetwork: true
  containers:
  - image: alpine
    name: main
    command: ["/bin/sleep", "999999"]
`;

const kubiaHostPort = `apiVersion: v1
kind: Pod
metadata:
  name: kubia-hostport
spec:
  containers:
  - name: kubia
    image: luksa/kubia
    ports:
    - containerPort: 8080
      hostPort: 9000
      protocol: TCP
`;

const hostPid = `apiVersion: v1
kind: Pod
metadata:
  name: host-pid
spec:
  hostPID: true
  hostIPC: true
  containers:
  - name: main
    image: alpine
    command: ["/bin/sleep", "999999"]
`;

for (const language of languages) {
  test.describe(language, () => {
    test('a Pod on the host network lists the node’s interface', async ({ page }) => {
      const lesson = await openLesson(page, language, 'network/host-network');
      const master = await lesson.terminal('server4-master');
      await master.type('vi pod-host-network.yaml');
      await lesson.write(podHostNetwork);
      await lesson.judged('solved');
      expect(await master.run('kubectl create -f pod-host-network.yaml')).toContain('pod/pod-host-network created');
      await expect.poll(() => master.run('kubectl get po'), { timeout: 20_000 }).toMatch(/pod-host-network +1\/1 +Running/);
      const output = await master.run('kubectl exec pod-host-network -- ifconfig');
      expect(output).toContain('ens37     Link encap:Ethernet  HWaddr 00:0C:29:FB:AF:1E');
      expect(output).toContain('inet addr:192.168.2.205  Bcast:192.168.2.255  Mask:255.255.255.0');
    });

    test('a host port answers on the Pod’s node and nowhere else', async ({ page }) => {
      const lesson = await openLesson(page, language, 'network/node-ports');
      const master = await lesson.terminal('server4-master');
      await master.type('vi kubia-hostport.yaml');
      await lesson.write(kubiaHostPort);
      expect(await master.run('kubectl create -f kubia-hostport.yaml')).toContain('pod/kubia-hostport created');
      await expect
        .poll(() => master.run('kubectl get po -o wide'), { timeout: 20_000 })
        .toMatch(/kubia-hostport +1\/1 +Running +0 +\S+ +10\.244\.2\.\d+ +server6-node2/);
      const client = await lesson.terminal('client');
      expect(await client.run('curl 192.168.2.206:9000')).toContain("You've hit kubia-hostport");
      expect(await client.run('curl 192.168.2.205:9000')).toMatch(/curl: \(7\) Failed to connect/);
      await lesson.judged('solved');
    });

    test('a Pod in the node’s PID namespace ends the node’s top', async ({ page }) => {
      const lesson = await openLesson(page, language, 'processes/host-pid-and-ipc');
      const master = await lesson.terminal('server4-master');
      await master.type('vi host-pid.yaml');
      await lesson.write(hostPid);
      expect(await master.run('kubectl create -f host-pid.yaml')).toContain('pod/host-pid created');
      await expect.poll(() => master.run('kubectl get po'), { timeout: 20_000 }).toMatch(/host-pid +1\/1 +Running/);
      const listed = await master.run('kubectl exec host-pid -- ps aux | grep top');
      const pid = /^ *(\d+) root +\d+:\d\d top$/m.exec(listed)?.[1];
      expect(pid).toBeDefined();
      await master.run(`kubectl exec host-pid -- kill -9 ${pid}`);
      expect(await master.run('kubectl exec host-pid -- ps aux | grep top')).not.toMatch(/ top$/m);
      await lesson.judged('solved');
    });

    test('the control plane is visible as in life', async ({ page }) => {
      const lesson = await openLesson(page, language, 'network/host-network');
      const master = await lesson.terminal('server4-master');
      const pods = await master.run('kubectl get po -n kube-system -o wide');
      for (const name of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler']) {
        expect(pods).toMatch(new RegExp(`${name}-server4-master +1/1 +Running.* 192\\.168\\.2\\.204 +server4-master`));
      }
    });
  });
}
