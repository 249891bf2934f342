/** nice of BusyBox 1.37: unknown options bring up its usage without a word. */
import { writeBusyboxUsage } from '../../options/busybox-usage.ts';
import type { Command } from '../../command.ts';
import { nice } from './nice.ts';

const USAGE = 'nice [-n ADJUST] [PROG ARGS]';

export const command: Command = {
  ...nice.busybox,
  *run(context) {
    const [first] = context.args;
    if (first?.startsWith('-') && first !== '--help' && !/^-n/.test(first)) {
      writeBusyboxUsage(context, USAGE);
      return 1;
    }
    return yield* nice.busybox.run(context);
  },
};
