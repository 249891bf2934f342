/** iplink of BusyBox 1.37: `ip link` under a name of its own. */
import { ipObject } from '../ip/busybox.ts';

export const command = ipObject('iplink', 'link');
