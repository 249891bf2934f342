/** `kubectl rollout` and the list of its subcommands. */
import { usageFailure } from './failure.ts';
import { helpText } from './help.ts';
import { history } from './rollout/history.ts';
import { pause, restart, resume } from './rollout/restart.ts';
import { status } from './rollout/status.ts';
import { undo } from './rollout/undo.ts';
import type { Verb } from './verb.ts';

export const rollout: Verb = {
  name: 'rollout',
  group: 'Deploy Commands:',
  short: 'Manage the rollout of a resource',
  long: 'Manage the rollout of one or many resources.',
  usage: 'SUBCOMMAND',
  flags: [],
  children: [history, pause, restart, resume, status, undo],
  *run(session, input) {
    const [unknown] = input.args;
    if (unknown !== undefined) throw usageFailure(input.path, `unknown command "${unknown}"`);
    session.out(helpText(rollout, input.path));
    return 0;
  },
};
