/** `kubectl apply view-last-applied` (kubectl pkg/cmd/apply/apply_view_last_applied.go, v0.37). */
import { FILE_FLAGS, SELECTOR_FLAG } from '../common-flags.ts';
import { Failure, usageFailure } from '../failure.ts';
import { flagsOf } from '../flags.ts';
import { indentedJson } from '../output/json.ts';
import type { Plain } from '../output/plain-value.ts';
import { yamlText } from '../output/yaml.ts';
import { fetchObjects } from '../request/fetch.ts';
import { LAST_APPLIED } from '../request/last-applied.ts';
import type { Verb } from '../verb.ts';

export const viewLastApplied: Verb = {
  name: 'view-last-applied',
  short: 'View the latest last-applied-configuration annotations of a resource/object',
  usage: '(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  flags: [...FILE_FLAGS, ...SELECTOR_FLAG, ...flagsOf('all!', 'o|output=yaml')],
  *run(session, input) {
    const fetched = yield* fetchObjects(session, input.args, { allowTypes: false, all: input.flags.bool('all') });
    fetched.failures.throwAny();
    const output = input.flags.text('output');
    const texts = fetched.infos.map(({ object, name }) => {
      const text = object.metadata.annotations?.[LAST_APPLIED];
      if (text === undefined) throw new Failure(`no last-applied-configuration annotation found on resource: ${name}\n`);
      return JSON.parse(text) as Plain;
    });
    if (output !== 'json' && output !== 'yaml')
      throw usageFailure(input.path, `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`);
    for (const value of texts)
      session.out(
        output === 'yaml' ? yamlText(value) : `${indentedJson(value).replace(/^(?: {4})+/gm, (blanks) => ' '.repeat(blanks.length / 2))}\n`,
      );
    return 0;
  },
};
