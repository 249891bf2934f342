/** iptunnel of BusyBox 1.37: `ip tunnel` under a name of its own. */
import { ipObject } from '../ip/busybox.ts';

export const command = ipObject('iptunnel', 'tunnel');
