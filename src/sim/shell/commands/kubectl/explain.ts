/** `kubectl explain` (kubectl pkg/cmd/explain, v0.37). The descriptions are loaded when they are first asked for. */
import { openApiId } from '../../../kube/api/schema/described-type.ts';
import { explanation } from './explain/explanation.ts';
import { Failure, plainFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { resourceOfArgument } from '../../../kube/apiserver/resource.ts';
import type { Verb } from './verb.ts';

export const explain: Verb = {
  name: 'explain',
  group: 'Basic Commands (Intermediate):',
  short: 'Get documentation for a resource',
  long: 'Describe fields and structure of various resources.',
  usage: 'TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
  flags: flagsOf('api-version=', 'max-depth#0', 'o|output=plaintext', 'recursive!'),
  *run(session, input) {
    const [word, ...more] = input.args;
    if (word === undefined)
      throw new Failure(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    if (more.length > 0) throw new Failure('We accept only this format: explain RESOURCE\n');
    yield* session.server();
    const [type = '', ...rest] = word.split('.');
    const resource = resourceOfArgument(type.toLowerCase());
    if (resource === undefined) throw plainFailure(`the server doesn't have a resource type "${type}"`);
    const output = input.flags.text('output');
    if (output !== '' && !['plaintext', 'plaintext-openapiv2'].includes(output)) throw new Failure(`unrecognized format: ${output}`);
    const asked = input.flags.text('api-version');
    if (asked !== '' && asked !== (resource.group === '' ? resource.version : `${resource.group}/${resource.version}`))
      throw new Failure(`couldn't find resource for "${asked.includes('/') ? asked : `/${asked}`}, Resource=${resource.plural}"`);
    const groupWords = resource.group === '' ? [] : resource.group.split('.');
    const path =
      groupWords.length > 0 && groupWords.every((each, index) => rest[index] === each)
        ? rest.slice(groupWords.length)
        : rest[0] === groupWords[0] && groupWords.length > 0
          ? rest.slice(1)
          : rest;
    const { DESCRIPTIONS } = yield* session.context.outside(import('../../../kube/api/schema/describe-types.ts'));
    session.out(`${resource.group === '' ? '' : `GROUP:      ${resource.group}\n`}KIND:       ${resource.kind}\nVERSION:    ${resource.version}\n\n`);
    const text = explanation({
      descriptions: DESCRIPTIONS,
      id: openApiId(resource),
      path: path.filter((each) => each !== ''),
      recursive: input.flags.bool('recursive'),
      maxDepth: input.flags.integer('max-depth'),
    });
    if (text === undefined) throw new Failure(`field "${path.at(-1) ?? ''}" does not exist`);
    session.out(text);
    return 0;
  },
};
