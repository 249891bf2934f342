/** ipaddr of BusyBox 1.37: `ip addr` under a name of its own. */
import { ipObject } from '../ip/busybox.ts';

export const command = ipObject('ipaddr', 'addr');
