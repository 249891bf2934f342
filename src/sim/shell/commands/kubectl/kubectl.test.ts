/** kubectl on a whole cluster, through the door that people use: a command line on the control plane. */
import { beforeAll, describe, expect, it } from 'vitest';
import { programsOnDisk } from '../../../../../scripts/commands-on-disk.ts';
import { createCluster } from '../../../kube/create-cluster.ts';
import type { ProgramTable } from '../../../linux/process/kernel.ts';
import { World } from '../../world.ts';

let programs: ProgramTable;

beforeAll(async () => {
  programs = await programsOnDisk();
});

interface Answer {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

async function session(): Promise<(line: string, at?: string) => Promise<Answer>> {
  const world = new World(createCluster({ programs, seed: 'kubectl' }));
  return async (line, at = 'server4-master') => {
    const run = world.run(at, line);
    if (!run) throw new Error(`nobody at ${at}`);
    await world.cluster.simulation.runUntilSettled(() => run.exitCode !== undefined, { limit: 60_000 });
    return { exitCode: run.exitCode, stdout: run.stdout, stderr: run.stderr };
  };
}

describe('kubectl', () => {
  it('creates, waits, rolls out, rolls back and deletes', async () => {
    const run = await session();
    expect((await run('kubectl create deploy web --image=luksa/kubia --replicas=2')).stdout).toBe('deployment.apps/web created\n');
    expect((await run('kubectl wait --for=condition=Available deploy/web')).stdout).toBe('deployment.apps/web condition met\n');
    expect((await run('kubectl set env deploy/web A=1')).stdout).toBe('deployment.apps/web env updated\n');
    expect((await run('kubectl rollout status deploy/web')).stdout).toMatch(/deployment "web" successfully rolled out\n$/);
    expect((await run('kubectl rollout history deploy/web')).stdout).toBe(
      'deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n',
    );
    expect((await run('kubectl rollout undo deploy/web --to-revision=1')).stdout).toBe('deployment.apps/web rolled back\n');
    expect((await run('kubectl delete deploy web')).stdout).toBe('deployment.apps "web" deleted from default namespace\n');
  });

  it('forwards a port into a Pod until it is stopped', async () => {
    const run = await session();
    await run('kubectl run web --image=luksa/kubia && kubectl wait --for=condition=Ready po/web');
    const { stdout } = await run('kubectl port-forward web 9999:8080 & sleep 1; curl -s localhost:9999; kill %1');
    expect(stdout).toBe("Forwarding from 127.0.0.1:9999 -> 8080\nForwarding from [::1]:9999 -> 8080\nHandling connection for 9999\nYou've hit web\n");
  });

  it('hands its standard input to a new container, and ends with its exit code', async () => {
    const run = await session();
    const { exitCode, stdout } = await run('echo "echo in; exit 4" | kubectl run t --image=alpine -i --rm --restart=Never -- sh');
    expect([exitCode, stdout]).toEqual([4, 'in\npod "t" deleted from default namespace\n']);
  });

  it('edits with the editor of the environment', async () => {
    const run = await session();
    await run('kubectl create service clusterip web --tcp=80:8080');
    expect((await run("EDITOR='sed -i s/8080/8081/' kubectl edit svc web")).stdout).toBe('service/web edited\n');
    expect((await run("kubectl get svc web -o jsonpath='{.spec.ports[0].targetPort}'")).stdout).toBe('8081');
    expect((await run('EDITOR=true kubectl edit svc web')).stderr).toBe('Edit cancelled, no changes made.\n');
  });

  it('copies files into a container and back', async () => {
    const run = await session();
    await run('kubectl run web --image=alpine -- sleep 999; kubectl wait --for=condition=Ready po/web');
    expect(
      (await run('echo hello > a; kubectl cp a web:/tmp/b; kubectl exec web -- cat /tmp/b; kubectl cp web:/tmp/b c > /dev/null; cat c')).stdout,
    ).toBe('hello\nhello\n');
  });

  it('applies a folder, and says in one line what of it could not be read', async () => {
    const run = await session();
    await run("printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: ok}\\n' > a.yaml; printf 'a: b: c\\n' > b.yaml");
    await run("printf 'apiVersion: apps/v1\\nkind: Pod\\nmetadata: {name: x}\\n' > c.yaml; sed s/ok/Not_ok/ a.yaml > d.yaml");
    const { stdout, stderr } = await run('kubectl apply -f .');
    expect(stdout).toBe('configmap/ok created\n');
    expect(stderr.split('\n').slice(0, 3)).toEqual([
      '[error parsing b.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this context, resource mapping not found for name: "x" namespace: "" from "c.yaml": no matches for kind "Pod" in version "apps/v1"',
      'ensure CRDs are installed first]',
      expect.stringMatching(/^Error from server \(Invalid\): error when creating "d.yaml": ConfigMap "Not_ok" is invalid/),
    ]);
  });

  it('exposes with overrides, and a port that is taken stays taken', async () => {
    const run = await session();
    await run('kubectl create deploy web --image=luksa/kubia');
    const overrides = '{"spec":{"ports":[{"port":80,"nodePort":31777}]}}';
    expect((await run(`kubectl expose deploy web --port=80 --type=NodePort --overrides='${overrides}'`)).stdout).toBe('service/web exposed\n');
    expect((await run('kubectl create svc nodeport other --tcp=80 --node-port=31777')).stderr).toBe(
      'error: failed to create NodePort service: Service "other" is invalid: spec.ports[0].nodePort: Invalid value: 31777: provided port is already allocated\n',
    );
  });

  it('leaves the debugging container that is there when its name is used again', async () => {
    const run = await session();
    await run('kubectl run web --image=luksa/kubia; kubectl wait --for=condition=Ready po/web');
    await run('kubectl debug web --image=busybox -c peep -- sleep 99');
    const { exitCode, stderr } = await run('kubectl debug web --image=alpine -c peep -- sleep 5');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/existing ephemeral containers "peep" may not be changed\n@@ .* @@\n(?: .*\n)*\+ {4}"SYS_PTRACE",\n {5}"SYS_PTRACE"\n/);
  });

  it('says of what it does not do what it is about', async () => {
    const run = await session();
    expect((await run('kubectl autoscale deploy nope --max=3')).stderr).toBe('Error from server (NotFound): deployments.apps "nope" not found\n');
    expect((await run('kubectl certificate approve x')).stderr).toMatch(
      /^Error from server \(NotFound\): certificatesigningrequests.*"x" not found\n$/,
    );
    expect((await run('kubectl kustomize .')).stderr).toMatch(/^error: unable to find one of 'kustomization.yaml'.* in directory '\/root'\n$/);
    expect((await run('kubectl apply -f http://192.168.2.100/x.yaml')).stderr).toBe(
      'The connection to the server 192.168.2.100 was refused - did you specify the right host or port?\n',
    );
  });

  it('says on a node without a kubeconfig that nobody answers on port 8080', async () => {
    const run = await session();
    const { exitCode, stderr } = await run('kubectl run x --image=alpine', 'server5-node1');
    expect([exitCode, stderr]).toEqual([1, 'The connection to the server localhost:8080 was refused - did you specify the right host or port?\n']);
  });

  it('keeps a namespace that was set for the context', async () => {
    const run = await session();
    expect((await run('kubectl config set-context --current --namespace=kube-system')).stdout).toBe(
      'Context "kubernetes-admin@kubernetes" modified.\n',
    );
    expect((await run('kubectl get ds -o name')).stdout).toBe('daemonset.apps/kube-proxy\n');
  });
});
