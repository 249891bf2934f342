/** ping6 of iputils 20221126. */
import { iputilsPing } from '../../network/iputils-ping.ts';

export const command = iputilsPing('ping6');
