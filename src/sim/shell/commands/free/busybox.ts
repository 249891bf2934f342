/** free of BusyBox 1.37: unknown options bring up its usage without a word. */
import { writeBusyboxUsage } from '../../options/busybox-usage.ts';
import type { Command } from '../../command.ts';
import { free } from './free.ts';

const USAGE = 'free [-bkmgh]';

export const command: Command = {
  ...free.busybox,
  *run(context) {
    const [first] = context.args;
    if (first?.startsWith('-') && first !== '--help' && !/^-[bkmgth]+$/.test(first)) {
      writeBusyboxUsage(context, USAGE);
      return 1;
    }
    return yield* free.busybox.run(context);
  },
};
