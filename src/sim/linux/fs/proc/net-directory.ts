/** /proc/PID/net: the network namespace of that process as texts. How they look is known in sim/linux/net. */
import { NET_FILES } from '../../net/proc-format.ts';
import type { Process } from '../../process/process.ts';
import type { Node } from '../node.ts';
import { fixedDirectory, SyntheticFile, type Owner } from '../synthetic.ts';

/** What kernel 6.18 has as well and of which nothing is counted here: they are listed, and empty. */
const OTHERS =
  'anycast6 arp_tables_matches arp_tables_names arp_tables_targets dev_mcast fib_trie fib_triestat icmp icmp6 igmp igmp6 ip6_flowlabel ip6_mr_cache ip6_mr_vif ip6_tables_matches ip6_tables_names ip6_tables_targets ip6t_hashlimit ip_mr_cache ip_mr_vif ip_tables_matches ip_tables_names ip_tables_targets ipt_hashlimit ipv6_route mcfilter mcfilter6 netlink netstat nf_conntrack nf_conntrack_expect packet protocols psched ptype raw raw6 rt6_stats rt_acct rt_cache snmp snmp6 sockstat sockstat6 softnet_stat udplite udplite6 xfrm_stat xt_recent';
const OTHER_DIRECTORIES = ['dev_snmp6', 'netfilter', 'stat'];

export function netDirectory(process: Process, common: { readonly modified: number; readonly owner: Owner }): Node {
  const files: Record<string, () => Node> = {};
  for (const name of OTHERS.split(' ')) files[name] = () => new SyntheticFile({ modified: common.modified, read: () => '' });
  for (const name of OTHER_DIRECTORIES) files[name] = () => fixedDirectory({}, common);
  for (const [name, text] of Object.entries(NET_FILES))
    files[name] = () => new SyntheticFile({ modified: common.modified, read: () => text(process.namespaces.net) });
  return fixedDirectory(files, common);
}
