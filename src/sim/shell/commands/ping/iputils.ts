/** ping of iputils 20221126. */
import { pingCommand } from './iputils-ping.ts';

export const command = pingCommand('ping', undefined);
