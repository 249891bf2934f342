/** ping6 of iputils 20221126: ping that insists on IPv6. */
import { pingCommand } from '../ping/iputils-ping.ts';

export const command = pingCommand('ping6', 6);
