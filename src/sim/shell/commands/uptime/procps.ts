/** uptime of procps-ng 4.0.2. */
import { uptime } from './uptime.ts';

export const command = uptime.gnu;
