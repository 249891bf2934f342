/** iptables 1.8.9 (nf_tables). */
import { iptablesCommand } from './iptables-command.ts';

export const command = iptablesCommand('iptables', false);
