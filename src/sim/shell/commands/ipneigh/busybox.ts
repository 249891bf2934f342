/** ipneigh of BusyBox 1.37: `ip neigh` under a name of its own. */
import { ipObject } from '../ip/busybox.ts';

export const command = ipObject('ipneigh', 'neigh');
