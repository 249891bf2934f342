/** iproute of BusyBox 1.37: `ip route` under a name of its own. */
import { ipObject } from '../ip/busybox.ts';

export const command = ipObject('iproute', 'route');
