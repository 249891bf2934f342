/** ip6tables-save 1.8.9 (nf_tables). */
import { saveCommand } from '../iptables/save-command.ts';

export const command = saveCommand('ip6tables-save', true);
