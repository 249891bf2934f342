/** dnsdomainname of BusyBox 1.37. */
import { dnsdomainname } from './dnsdomainname.ts';

export const command = dnsdomainname.busybox;
