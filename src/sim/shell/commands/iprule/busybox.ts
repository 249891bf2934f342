/** iprule of BusyBox 1.37: `ip rule` under a name of its own. */
import { ipObject } from '../ip/busybox.ts';

export const command = ipObject('iprule', 'rule');
