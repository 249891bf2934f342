import { beforeAll, describe, expect, it } from 'vitest';
import { commandsFromDisk } from '../shell-machine.testing.ts';
import { createCluster } from '../../kube/create-cluster.ts';
import { World } from '../world.ts';

let world: World;

async function run(
  observer: string,
  line: string,
): Promise<{ readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string }> {
  const command = world.run(observer, line);
  if (!command) throw new Error(`no such observer: ${observer}`);
  await world.cluster.simulation.runUntilSettled(() => command.exitCode !== undefined, { limit: 60_000 });
  return { exitCode: command.exitCode, stdout: command.stdout, stderr: command.stderr };
}

describe('the daemons of a node', () => {
  beforeAll(() => {
    world = new World(createCluster({ programs: commandsFromDisk(), seed: 'daemons' }));
  });

  it('run where kubeadm puts them', async () => {
    const { stdout } = await run('server4-master', 'ps -eo comm= | sort -u');
    for (const name of [
      'containerd',
      'containerd-shim',
      'coredns',
      'etcd',
      'kube-apiserver',
      'kube-controller',
      'kube-proxy',
      'kube-scheduler',
      'kubelet',
      'pause',
      'sshd',
    ]) {
      expect(stdout.split('\n').map((line) => line.trim())).toContain(name);
    }
  });

  it('answer health checks on the ports that their flags name', async () => {
    expect((await run('server5-node1', 'curl -s http://127.0.0.1:10248/healthz')).stdout).toBe('ok');
    expect((await run('server4-master', 'curl -s http://127.0.0.1:2381/health')).stdout).toBe('{"health":"true","reason":""}\n');
    expect((await run('server4-master', 'curl -s http://192.168.2.204:6443/livez')).stdout).toBe('Client sent an HTTP request to an HTTPS server.\n');
    expect((await run('server5-node1', 'curl -sS -m 2 http://192.168.2.205:10248/healthz')).exitCode).toBe(7);
  });

  it('keep their ports to their own network namespace', async () => {
    expect((await run('server5-node1', 'unshare -n sh -c "curl -s http://127.0.0.1:10248/healthz"')).exitCode).toBe(7);
  });
});
