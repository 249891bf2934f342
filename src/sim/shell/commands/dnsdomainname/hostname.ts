/** dnsdomainname of Debian's package hostname 3.23. */
import { dnsdomainname } from './dnsdomainname.ts';

export const command = dnsdomainname.gnu;
