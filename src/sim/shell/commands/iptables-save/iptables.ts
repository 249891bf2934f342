/** iptables-save 1.8.9 (nf_tables). */
import { saveCommand } from '../iptables/save-command.ts';

export const command = saveCommand('iptables-save', false);
