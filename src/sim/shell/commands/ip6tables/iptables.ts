/** ip6tables 1.8.9 (nf_tables). */
import { iptablesCommand } from '../iptables/iptables-command.ts';

export const command = iptablesCommand('ip6tables', true);
