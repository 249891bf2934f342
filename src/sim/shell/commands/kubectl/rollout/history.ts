/** `kubectl rollout history` (kubectl pkg/cmd/rollout/rollout_history.go, polymorphichelpers/history.go, v0.37). */
import { DescribeWriter } from '../describe/describe-writer.ts';
import { templateLines } from '../describe/workload.ts';
import { Failure } from '../failure.ts';
import { flagsOf } from '../flags.ts';
import { OUTPUT_FLAGS } from '../common-flags.ts';
import { alignTabs } from '../output/column-writer.ts';
import { objectName } from '../request/object-name.ts';
import type { Verb } from '../verb.ts';
import { revisionsOf } from './revisions.ts';
import { ROLLOUT_FLAGS, rolloutTargets } from './rollout-targets.ts';

export const history: Verb = {
  name: 'history',
  short: 'View rollout history',
  long: 'View previous rollout revisions and configurations.',
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  flags: [...ROLLOUT_FLAGS, ...OUTPUT_FLAGS, ...flagsOf('revision#0')],
  *run(session, input) {
    const wanted = input.flags.integer('revision');
    if (wanted < 0) throw new Failure(`revision must be a positive integer: ${String(wanted)}`);
    const server = yield* session.server();
    for (const { resource, name, object } of yield* rolloutTargets(session, input)) {
      const revisions = revisionsOf(server, object);
      const marked = wanted > 0 ? ` with revision #${String(wanted)}` : '';
      const head = `${objectName(resource, name)} ${marked.trimStart()}\n`;
      if (wanted > 0 && revisions.length > 0 && !revisions.some((each) => each.number === wanted))
        throw new Failure('unable to find the specified revision');
      session.out(head);
      if (revisions.length === 0) session.out('No rollout history found.\n');
      else if (wanted === 0)
        session.out(
          `${alignTabs(`REVISION\tCHANGE-CAUSE\n${revisions.map((each) => `${String(each.number)}\t${each.cause || '<none>'}\n`).join('')}`)}\n`,
        );
      else {
        const revision = revisions.find((each) => each.number === wanted);
        if (revision === undefined) continue;
        const writer = new DescribeWriter();
        templateLines(writer, revision.template);
        session.out(`${writer.plain}\n`);
      }
    }
    return 0;
  },
};
