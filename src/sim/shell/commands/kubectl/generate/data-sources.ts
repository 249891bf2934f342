/** Data of config maps and secrets from literals, files and environment files (kubectl pkg/cmd/create/create_configmap.go, v0.37). */
import { isErrno } from '../../../../linux/errno.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import type { Invocation } from '../verb.ts';

/** `--from-literal`, `--from-file` and `--from-env-file` of config maps and secrets. */
export function* dataSources(session: Session, input: Invocation, nameOf: (input: Invocation) => string): Blocking<Readonly<Record<string, string>>> {
  const data: Record<string, string> = {};
  const add = (key: string, value: string): void => {
    if (data[key] !== undefined)
      throw new Failure(`cannot add key "${key}", another key by that name already exists in Data for ConfigMap "${nameOf(input)}"`);
    data[key] = value;
  };
  for (const source of input.flags.list('from-literal')) {
    const equals = source.indexOf('=');
    if (equals <= 0) throw new Failure(`invalid literal source ${source}, expected key=value`);
    add(source.slice(0, equals), source.slice(equals + 1).replace(/^(['"])(.*)\1$/, '$2'));
  }
  const { context } = session;
  for (const source of input.flags.list('from-file')) {
    const equals = source.indexOf('=');
    const path = equals < 0 ? source : source.slice(equals + 1);
    const status = context.kernel.vfs.stat(context.process, path);
    if (isErrno(status))
      throw new Failure(`error reading ${path}: ${status.code === 'ENOENT' ? 'no such file or directory' : status.text.toLowerCase()}`);
    const names = status.kind === 'directory' ? context.kernel.vfs.readdir(context.process, path) : [undefined];
    if (isErrno(names)) throw new Failure(`error listing files in ${path}: ${names.text.toLowerCase()}`);
    for (const name of names) {
      const file = name === undefined ? path : `${path.replace(/\/$/, '')}/${name}`;
      const text = yield* context.readFile(file);
      if (!isErrno(text)) add(equals < 0 ? file.slice(file.lastIndexOf('/') + 1) : source.slice(0, equals), text);
    }
  }
  for (const path of input.flags.list('from-env-file')) {
    const text = yield* context.readFile(path);
    if (isErrno(text)) throw new Failure(`error reading ${path}: ${text.text.toLowerCase()}`);
    for (const line of text.split('\n')) {
      const equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith('#')) add(line.slice(0, equals), line.slice(equals + 1));
    }
  }
  return data;
}
