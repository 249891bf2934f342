/** What Pods ask for and may use, summed up (k8s.io/component-helpers resource.PodRequests and PodLimits, v0.37). */
import { parseQuantity } from '../../../../kube/api/decode/quantity.ts';
import type { Pod } from '../../../../kube/api/types-pod.ts';

export interface ResourceSum {
  /** In billionths. */
  readonly nano: bigint;
  /** In the notation of what was summed. */
  readonly text: string;
}

type Sums = Map<string, { nano: bigint; binary: boolean }>;
type Quantities = Readonly<Record<string, string | number>> | undefined;

const NANO = 1_000_000_000n;
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

export function resourceSums(pods: readonly Pod[]): {
  readonly requests: ReadonlyMap<string, ResourceSum>;
  readonly limits: ReadonlyMap<string, ResourceSum>;
} {
  const requests: Sums = new Map();
  const limits: Sums = new Map();
  for (const pod of pods) {
    merge(requests, podSum(pod, 'requests'), 'add');
    merge(limits, podSum(pod, 'limits'), 'add');
  }
  return { requests: texts(requests), limits: texts(limits) };
}

/** All containers together; an init container alone where that is more; sidecars with the containers. */
function podSum(pod: Pod, kind: 'requests' | 'limits'): Sums {
  const sums: Sums = new Map();
  const { containers, initContainers = [] } = pod.spec;
  const sidecars = initContainers.filter((container) => container.restartPolicy === 'Always');
  for (const { resources } of [...containers, ...sidecars]) merge(sums, quantities(resources?.[kind]), 'add');
  for (const container of initContainers) if (!sidecars.includes(container)) merge(sums, quantities(container.resources?.[kind]), 'greatest');
  return sums;
}

function quantities(values: Quantities): Sums {
  const sums: Sums = new Map();
  for (const [name, value] of Object.entries(values ?? {})) {
    const parsed = parseQuantity(String(value));
    if (parsed.kind === 'quantity') sums.set(name, { nano: parsed.quantity.nano, binary: /i$/.test(String(value)) });
  }
  return sums;
}

function merge(into: Sums, from: Sums, how: 'add' | 'greatest'): void {
  for (const [name, value] of from) {
    const present = into.get(name);
    if (present === undefined) into.set(name, { ...value });
    else if (how === 'add') present.nano += value.nano;
    else if (value.nano > present.nano) present.nano = value.nano;
  }
}

function texts(sums: Sums): ReadonlyMap<string, ResourceSum> {
  return new Map([...sums].map(([name, { nano, binary }]) => [name, { nano, text: textOf(nano, binary) }]));
}

function textOf(nano: bigint, binary: boolean): string {
  if (nano === 0n) return '0';
  if (binary && nano % NANO === 0n) {
    let value = nano / NANO;
    let power = 0;
    while (value % 1024n === 0n && power < 6) {
      value /= 1024n;
      power++;
    }
    if (power > 0) return `${String(value)}${BINARY[power] ?? ''}`;
  }
  const parsed = parseQuantity(
    nano % NANO === 0n ? String(nano / NANO) : nano % 1_000_000n === 0n ? `${String(nano / 1_000_000n)}m` : `${String(nano)}n`,
  );
  return parsed.kind === 'quantity' ? parsed.quantity.text : '0';
}
