/**
 * What the first page shows under its three switches, worked out by the simulated cluster while the site is built: the
 * same Pod in all eight combinations. That each switch changes its own command's output alone is found out, not assumed.
 */
import { createBench } from './bench.ts';
import type { Bench, NamespaceKind } from './bench-contract.ts';
import { provenanceOf, type Provenance } from './provenance/provenance.ts';
import { recordedShapes } from './provenance/recordings.ts';
import type { MapNode, MapPod } from './map-contract.ts';

export interface FirstPageOutputs {
  readonly node: {
    readonly name: string;
    readonly address: string;
    readonly interfaces: readonly { readonly name: string; readonly address: string }[];
    readonly processes: readonly { readonly pid: number; readonly command: string }[];
  };
  readonly pod: { readonly interface: string; readonly address: string; readonly process: string };
  readonly commands: readonly {
    readonly kind: NamespaceKind;
    readonly command: string;
    readonly own: string;
    readonly shared: string;
    /** Whether the like was recorded. */
    readonly provenance: Provenance | undefined;
  }[];
}

const podName = 'pod';
const commands = [
  { kind: 'net', field: 'hostNetwork', command: 'ifconfig' },
  { kind: 'pid', field: 'hostPID', command: 'ps -o pid,user,comm' },
  { kind: 'ipc', field: 'hostIPC', command: 'ipcs -m' },
] as const;

const manifest = (fields: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: ${podName}
spec:
  nodeName: server5-node1
${fields}  containers:
  - name: main
    image: alpine
    command: ["/bin/sleep", "999999"]
`;

/** What the eight runs printed; rejects, which breaks the build, when a Pod does not run or a switch reaches too far. */
export async function firstPageOutputs(): Promise<FirstPageOutputs> {
  const combinations = 2 ** commands.length;
  const runs: Run[] = [];
  for (let bits = 0; bits < combinations; bits += 1) {
    runs.push(await run(commands.map(({ field }, index) => (bits & (1 << index) ? `  ${field}: true\n` : '')).join('')));
  }
  const [own, shared] = [runs[0], runs[combinations - 1]];
  if (!own || !shared) throw new Error('no run');
  for (const [bits, { outputs }] of runs.entries()) {
    for (const [index, output] of outputs.entries()) {
      const expected = (bits & (1 << index) ? shared : own).outputs[index];
      if (output !== expected) throw new Error(`${commands[index]?.command} depends on more than one switch (combination ${bits})`);
    }
  }
  const addresses = (it: { readonly addresses: readonly string[] }): string =>
    it.addresses.find((address) => !address.includes(':'))?.replace(/\/.*/, '') ?? '';
  const eth0 = own.pod.net.interfaces.find(({ name }) => name !== 'lo');
  const process = own.pod.containers[0]?.pid.processes[0];
  return {
    node: {
      name: own.node.name,
      address: own.node.address,
      interfaces: own.node.net.interfaces
        .filter(({ name }) => name === 'lo' || name.startsWith('ens'))
        .sort((a) => (a.name === 'lo' ? 1 : -1))
        .map((it) => ({ name: it.name, address: addresses(it) })),
      processes: own.node.pid.processes
        .filter(({ command }) => !/pause|sleep|shim/.test(command))
        .slice(0, 6)
        .map(({ pid, command }) => ({
          pid,
          command: /[^/]*?(?=:?$)/.exec(command.split(' ')[0] ?? '')?.[0] ?? '',
        })),
    },
    pod: {
      interface: eth0?.name ?? '',
      address: eth0 ? addresses(eth0) : '',
      process: process ? `${process.pid} ${process.command}` : '',
    },
    commands: commands.map(({ kind, command }, index) => ({
      kind,
      command,
      provenance: provenanceOf({ line: command, surroundings: { place: 'busybox', toolsIn: () => 'busybox' }, exitCode: 0 }, recordedShapes()),
      own: own.outputs[index] ?? '',
      shared: shared.outputs[index] ?? '',
    })),
  };
}

interface Run {
  readonly node: MapNode;
  readonly pod: MapPod;
  readonly outputs: readonly string[];
}

async function run(fields: string): Promise<Run> {
  const bench: Bench = await createBench({ lessonId: 'network/host-network', locale: 'zh' });
  const file = 'first-page.yaml';
  // So that there is something to see in the node's IPC namespace.
  await bench.runEverywhere('ipcmk -M 4096', ['server5-node1']);
  bench.setText(file, manifest(fields));
  await bench.apply(file);
  const observer = `${podName}/main`;
  const outputs: string[] = [];
  for (const { command } of commands) {
    const [result] = await bench.runEverywhere(command, [observer]);
    outputs.push(
      result?.lines
        .map(({ text }) => text)
        .join('\n')
        .trimEnd() ?? '',
    );
  }
  const node = bench.snapshot().nodes.find(({ pods }) => pods.some(({ name }) => name === podName));
  const pod = node?.pods.find(({ name }) => name === podName);
  if (!node || !pod) throw new Error(`${podName} runs on no node`);
  return { node, pod, outputs };
}
