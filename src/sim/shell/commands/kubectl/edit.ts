/** `kubectl edit` (kubectl pkg/cmd/util/editor, v0.37): the object in an editor, then an update. */
import type { ApiObject } from '../../../kube/apiserver/object.ts';
import { isStatus } from '../../../kube/apiserver/object.ts';
import { decodeValue } from '../../../kube/api/decode/decode-value.ts';
import { readDocuments } from '../../../kube/api/decode/read-documents.ts';
import type { PlainObject } from '../../../kube/api/yaml/node.ts';
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { FILE_FLAGS, WRITE_FLAGS } from './common-flags.ts';
import { Failure, plainFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { isMap } from './output/plain-value.ts';
import { yamlText } from './output/yaml.ts';
import { fetchObjects } from './request/fetch.ts';
import { objectName } from './request/object-name.ts';
import type { Session } from './session.ts';
import type { Verb } from './verb.ts';

const HEADER = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

export const edit: Verb = {
  name: 'edit',
  group: 'Basic Commands (Intermediate):',
  short: 'Edit a resource on the server',
  long: 'Edit a resource from the default editor.',
  usage: '(RESOURCE/NAME | -f FILENAME)',
  flags: [...FILE_FLAGS, ...WRITE_FLAGS, ...flagsOf('output-patch!', 'subresource=')],
  *run(session, input) {
    const fetched = yield* fetchObjects(session, input.args, { allowTypes: true });
    fetched.failures.throwAny();
    if (fetched.infos.length === 0) throw new Failure('edit cancelled, no objects found');
    for (const { resource, name, namespace, object } of fetched.infos) {
      const text = `${HEADER}${yamlText(object)}`;
      let shown = text;
      for (;;) {
        const { edited, path } = yield* inEditor(session, shown);
        const body = edited.replace(/^#.*\n?/gm, '');
        if (body.trim() === '') throw new Failure('Edit cancelled, saved file was empty.');
        if (body === text.replace(/^#.*\n?/gm, '')) {
          session.err('Edit cancelled, no changes made.\n');
          break;
        }
        const { documents, error } = readDocuments(body);
        const value = documents[0]?.root.value;
        if (error !== undefined || !isMap(value)) throw new Failure(`The edited file failed to parse: ${error?.message ?? 'no object'}`);
        const decoded = decodeValue(resource.kind, value as PlainObject).value;
        const next = { ...decoded, apiVersion: object.apiVersion, kind: object.kind } as unknown as ApiObject;
        const answer = yield* session.ask((server, options) => server.update(resource.key, next, options));
        if (!isStatus(answer)) {
          session.out(`${objectName(resource, name)} edited\n`);
          break;
        }
        if (edited === shown) {
          session.context.writeFile(path, edited, { mode: 0o600 });
          throw plainFailure(`A copy of your changes has been stored to "${path}"\nerror: Edit cancelled, no valid changes were saved.`);
        }
        const causes = answer.details?.causes ?? [];
        const reasons = causes.length === 0 ? [answer.message] : causes.map((cause) => `* ${cause.field}: ${cause.message}`);
        session.err(`error: ${resource.plural}${resource.group === '' ? '' : `.${resource.group}`} "${name}" is invalid\n`);
        shown = `${HEADER}# ${resource.plural} "${name}" was not valid:\n${reasons.map((reason) => `${reason.replace(/^/gm, '# ')}\n`).join('')}#\n${body}`;
      }
      void namespace;
    }
    return 0;
  },
};

/** The text as the editor leaves it. Errors: there is no editor, or it fails */
function* inEditor(session: Session, text: string): Blocking<{ readonly edited: string; readonly path: string }> {
  const { context } = session;
  const path = `/tmp/kubectl-edit-${String(context.simulation.random.integer(1_000_000_000, 4_000_000_000))}.yaml`;
  const problem = context.writeFile(path, text, { mode: 0o600 });
  if (isErrno(problem)) throw new Failure(`open ${path}: ${problem.text.toLowerCase()}`);
  const editor = context.env.get('KUBE_EDITOR') ?? context.env.get('EDITOR') ?? 'vi';
  // What is quoted is left to a shell (editor.go defaultEnvEditor).
  const [program = 'vi', ...words] =
    /\s/.test(editor) && /["'\\]/.test(editor) ? ['/bin/bash', '-c', `${editor} ${JSON.stringify(path)}`] : [...editor.split(' '), path];
  const folders = program.includes('/') ? [''] : (context.env.get('PATH') ?? '/usr/bin:/bin').split(':').map((folder) => `${folder}/`);
  for (const folder of folders) {
    const child = context.spawn(`${folder}${program}`, { argv: [program, ...words] });
    if (isErrno(child)) continue;
    for (;;) {
      const ended = yield* context.wait(0);
      if (isErrno(ended) && ended.code === 'EINTR') continue;
      if (!isErrno(ended) && ended.change.kind === 'exited' && ended.change.code !== 0)
        throw new Failure(`there was a problem with the editor "${editor}"`);
      break;
    }
    const edited = yield* context.readFile(path);
    context.kernel.vfs.remove(context.process, path);
    if (isErrno(edited)) throw new Failure(`open ${path}: ${edited.text.toLowerCase()}`);
    return { edited, path };
  }
  throw new Failure(`unable to launch the editor "${editor}"`);
}
