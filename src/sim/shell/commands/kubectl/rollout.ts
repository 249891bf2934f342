/** `kubectl rollout` and the list of its subcommands. */
import { commandGroup } from './command-group.ts';
import { history } from './rollout/history.ts';
import { pause, restart, resume } from './rollout/restart.ts';
import { status } from './rollout/status.ts';
import { undo } from './rollout/undo.ts';

export const rollout = commandGroup(
  {
    name: 'rollout',
    group: 'Deploy Commands:',
    short: 'Manage the rollout of a resource',
    long: 'Manage the rollout of one or many resources.',
    usage: 'SUBCOMMAND',
    helpOnOutput: true,
  },
  [history, pause, restart, resume, status, undo],
);
