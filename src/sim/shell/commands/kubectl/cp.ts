/** `kubectl cp` between the machine and a container (kubectl pkg/cmd/cp/cp.go, v0.37). Files of the container are read and written in its mount namespace. */
import { resourceOfKey } from '../../../kube/apiserver/resource.ts';
import type { Process } from '../../../linux/process/process.ts';
import type { Kernel } from '../../../linux/process/kernel.ts';
import { isErrno } from '../../../linux/errno.ts';
import { isAgain } from '../../../linux/fs/open-file.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { Failure, plainFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { chosenContainer } from './request/containers.ts';
import { objectNamed, podOf } from './request/pod-of.ts';
import type { Session } from './session.ts';
import type { Verb } from './verb.ts';

interface FileSpec {
  readonly namespace: string;
  /** Empty: on this machine. */
  readonly pod: string;
  readonly path: string;
}

/** Somewhere files are: a machine, or a container's mounts. */
interface Place {
  readonly kernel: Kernel;
  readonly process: Process;
}

export const cp: Verb = {
  name: 'cp',
  group: 'Troubleshooting and Debugging Commands:',
  short: 'Copy files and directories to and from containers',
  long: 'Copy files and directories to and from containers.',
  usage: '<file-spec-src> <file-spec-dest>',
  flags: flagsOf('c|container=', 'no-preserve!', 'retries#0'),
  *run(session, input) {
    const [from, to, ...more] = input.args;
    if (from === undefined || to === undefined || more.length > 0) throw new Failure('source and destination are required');
    const source = fileSpec(from);
    const target = fileSpec(to);
    if (source.pod !== '' && target.pod !== '') throw new Failure(`one of src or dest must be a local file specification`);
    if (source.pod === '' && target.pod === '') throw new Failure('one of src or dest must be a remote file specification');
    if (source.path === '' || target.path === '') throw new Failure('filepath can not be empty');
    const own: Place = { kernel: session.context.kernel, process: session.context.process };
    if (source.pod !== '') {
      const remote = yield* placeOf(session, source);
      // The container's tar packs, and what it complains of goes to standard output; kubectl then unpacks nothing.
      const gnu = isErrno(remote.kernel.vfs.stat(remote.process, '/bin/busybox'));
      const there = !isErrno(remote.kernel.vfs.stat(remote.process, source.path));
      if (source.path.startsWith('/') && (there || gnu))
        session.out(gnu ? "tar: Removing leading `/' from member names\n" : "tar: removing leading '/' from member names\n");
      if (!there) {
        session.out(
          gnu
            ? `tar: ${source.path}: Cannot stat: No such file or directory\ntar: Exiting with failure status due to previous errors\n`
            : `tar: ${source.path}: No such file or directory\ntar: error exit delayed from previous errors\n`,
        );
        return 0;
      }
      copy(remote, own, {
        from: source.path,
        to: target.path,
        missing: () => plainFailure(`tar: ${source.path}: No such file or directory`),
      });
    } else {
      if (isErrno(own.kernel.vfs.stat(own.process, source.path))) throw new Failure(`${source.path} doesn't exist in local filesystem`);
      copy(own, yield* placeOf(session, target), {
        from: source.path,
        to: target.path,
        missing: () => new Failure(`${source.path} doesn't exist in local filesystem`),
      });
    }
    yield* session.context.sleep(60);
    return 0;
  },
};

function fileSpec(text: string): FileSpec {
  const colon = text.indexOf(':');
  if (colon <= 0 || text.startsWith('/') || text.startsWith('.')) return { namespace: '', pod: '', path: text };
  const [first = '', second] = text.slice(0, colon).split('/');
  return { namespace: second === undefined ? '' : first, pod: second ?? first, path: text.slice(colon + 1) };
}

function* placeOf(session: Session, spec: FileSpec): Blocking<Place> {
  const { name: own } = yield* session.namespace();
  const namespace = spec.namespace === '' ? own : spec.namespace;
  const named =
    spec.namespace === ''
      ? yield* objectNamed(session, spec.pod)
      : { resource: resourceOfKey('pods'), object: yield* session.demand((server, options) => server.get('pods', namespace, spec.pod, options)) };
  const { pod } = yield* podOf(session, named, 'running');
  const container = chosenContainer(session, pod, session.flags.text('container'));
  const cluster = yield* session.cluster();
  const process = cluster.findContainer(`${namespace}/${pod.metadata.name}/${container}`)?.container.process;
  if (process === undefined) throw new Failure(`unable to upgrade connection: container not found ("${container}")`);
  return { kernel: process.kernel, process };
}

function copy(source: Place, target: Place, how: { readonly from: string; readonly to: string; readonly missing: () => Failure }): void {
  const { from } = how;
  const status = source.kernel.vfs.stat(source.process, from);
  if (isErrno(status)) throw how.missing();
  const there = target.kernel.vfs.stat(target.process, how.to);
  const name = from.replace(/\/+$/, '').split('/').at(-1) ?? from;
  const to = !isErrno(there) && there.kind === 'directory' ? `${how.to.replace(/\/$/, '')}/${name}` : how.to;
  if (status.kind === 'directory') {
    target.kernel.vfs.mkdir(target.process, to);
    const names = source.kernel.vfs.readdir(source.process, from);
    if (!isErrno(names)) for (const each of names) copy(source, target, { ...how, from: `${from.replace(/\/$/, '')}/${each}`, to: `${to}/${each}` });
    return;
  }
  const file = source.kernel.vfs.open(source.process, from, { read: true });
  if (isErrno(file)) throw plainFailure(`tar: ${from}: ${file.text}`);
  const written = target.kernel.vfs.open(target.process, to, { write: true, create: true, truncate: true, mode: status.mode });
  if (isErrno(written)) throw plainFailure(`tar: can't open '${to}': ${written.text}\ncommand terminated with exit code 1`);
  written.retain();
  for (;;) {
    const text = file.read({ max: 65_536 });
    if (isErrno(text) || isAgain(text) || text === '') break;
    written.write(text);
  }
  written.release();
}
