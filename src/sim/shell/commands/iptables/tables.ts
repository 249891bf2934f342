/** The tables that iptables and ip6tables of a process work on. */
import { RuleTable } from '../../../linux/net/netfilter/rule-table.ts';
import { BUILT_IN_CHAINS, type TableName } from '../../../linux/net/netfilter/rule.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';

/** IPv6 has the same chains, without rules: kube-proxy and the plugins here work for IPv4 alone. */
const SIX = new WeakMap<object, Map<TableName, RuleTable>>();

export function tableOf(context: ProcessContext, name: TableName, six: boolean): RuleTable {
  const { net } = context.process.namespaces;
  if (!six) return net.netfilter.table(name);
  let tables = SIX.get(net);
  if (!tables) SIX.set(net, (tables = new Map()));
  let table = tables.get(name);
  if (!table) tables.set(name, (table = new RuleTable(name)));
  return table;
}

export function isTableName(text: string): text is TableName {
  return Object.hasOwn(BUILT_IN_CHAINS, text);
}
