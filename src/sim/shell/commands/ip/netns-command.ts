/** `ip netns` of iproute2 6.1 (ip/ipnetns.c). */
import { errno, isErrno } from '../../../linux/errno.ts';
import type { NetworkNamespace } from '../../../linux/net/network-namespace.ts';
import { capable } from '../../../linux/process/credentials.ts';
import { bindNetworkName, endUnused, networkNames, unbindNetworkName } from '../../../linux/namespace/network-names.ts';
import { setns } from '../../../linux/namespace/setns.ts';
import { unshare } from '../../../linux/namespace/unshare.ts';
import { mayInspect } from '../../../linux/fs/permission.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { execute } from '../../namespace/run-shell.ts';
import { visibleProcess, visibleProcesses } from '../../process-table/visible-processes.ts';
import { mistake, pick, type IpCall } from './ip-call.ts';

const COMMANDS = ['list', 'show', 'lst', 'list-id', 'add', 'set', 'delete', 'identify', 'pids', 'exec', 'attach', 'monitor', 'help'] as const;

/** @param words what follows `ip netns` */
export function* netnsCommand(call: IpCall, words: readonly string[]): Running {
  const [typed, ...rest] = words;
  const command = typed === undefined ? 'list' : pick(typed, COMMANDS);
  const named = networkNames(call.context.process);
  const [name] = rest;
  switch (command) {
    case 'list':
    case 'show':
    case 'lst':
      list(call, named);
      return 0;
    case 'list-id':
      for (const [each, namespace] of named) {
        const id = call.net.knownIdOf(namespace);
        if (id !== undefined) call.out(`nsid ${id} (iproute2 netns name: ${each})\n`);
      }
      return 0;
    case 'identify': {
      const process = name === undefined ? call.context.process : visibleProcess(call.context, Number(name))?.process;
      if (!process || !mayInspect(call.context.process, process))
        return call.fail(mistake(`Cannot open network namespace: ${process ? 'Permission denied' : 'No such file or directory'}\n`, 1));
      call.out(`${[...named].find(([, namespace]) => namespace === process.namespaces.net)?.[0] ?? ''}\n`);
      return 0;
    }
    case 'pids': {
      if (name === undefined) return call.fail(mistake('No netns name specified\n', 255));
      const namespace = named.get(name);
      if (!namespace) return call.fail(mistake(`Cannot open network namespace: No such file or directory\n`, 1));
      for (const each of visibleProcesses(call.context)) if (each.process.namespaces.net === namespace) call.out(`${each.pid}\n`);
      return 0;
    }
    case 'exec': {
      if (call.options.all) return yield* executeInAll(call, named, rest);
      if (name === undefined) return call.fail(mistake('No netns name specified\n', 1));
      if (rest.length < 2) return call.fail(mistake('No command specified\n', 1));
      const namespace = named.get(name);
      if (!namespace) return call.fail(mistake(`Cannot open network namespace "${name}": No such file or directory\n`));
      const failed = setns(call.context.process, namespace);
      if (failed) return call.fail(mistake(`setting the network namespace "${name}" failed: ${failed.text}\n`));
      const error = yield* execute(call.context, rest.slice(1));
      call.context.err(`exec of "${rest[1] ?? ''}" failed: ${isErrno(error) ? error.text : ''}\n`);
      return 1;
    }
    case 'delete': {
      if (call.options.all && name === undefined) {
        for (const each of named.keys()) {
          const removed = mayBind(call) ? unbindNetworkName(call.context.process, each) : errno('EACCES');
          if (isErrno(removed)) return call.fail(mistake(`Cannot remove namespace file "/run/netns/${each}": ${removed.text}\n`, 1));
          endUnused(call.context.process, removed);
        }
        return 0;
      }
      if (name === undefined) return call.fail(mistake('No netns name specified\n', 1));
      const removed = mayBind(call) ? unbindNetworkName(call.context.process, name) : errno('EACCES');
      if (isErrno(removed)) return call.fail(mistake(`Cannot remove namespace file "/run/netns/${name}": ${removed.text}\n`, 1));
      endUnused(call.context.process, removed);
      return 0;
    }
    case 'add':
      if (name === undefined) return call.fail(mistake('No netns name specified\n', 1));
      return add(call, name);
    case 'attach': {
      const [, pid] = rest;
      if (name === undefined) return call.fail(mistake('No netns name specified\n', 1));
      if (pid === undefined) return call.fail(mistake('No netns name and PID specified\n', 1));
      const process = visibleProcess(call.context, Number(pid))?.process;
      if (!process && /^\d+$/.test(pid))
        return call.fail(mistake(`Bind /proc/${pid}/ns/net -> /run/netns/${name} failed: No such file or directory\n`, 1));
      if (!process) return call.fail(mistake(`Invalid PID: ${pid}\n`, 1));
      return bind(call, name, process.namespaces.net);
    }
    case 'help':
      return call.fail(
        mistake(
          'Usage:\tip netns list\n\tip netns add NAME\n\tip netns attach NAME PID\n\tip netns set NAME NETNSID\n\tip [-all] netns delete [NAME]\n\tip netns identify [PID]\n\tip netns pids NAME\n\tip [-all] netns exec [NAME] cmd ...\n\tip netns monitor\n\tip netns list-id [target-nsid POSITIVE-INT] [nsid POSITIVE-INT]\nNETNSID := auto | POSITIVE-INT\n',
        ),
      );
    case 'set':
      return setId(call, rest);
    case 'monitor':
      return 0;
    case undefined:
      return call.fail(mistake(`Command "${typed ?? ''}" is unknown, try "ip netns help".\n`));
  }
}

function list(call: IpCall, named: ReadonlyMap<string, NetworkNamespace>): void {
  if (call.options.json && named.size === 0) return;
  const listed = [...named].map(([name, namespace]) => ({ name, id: call.net.knownIdOf(namespace) }));
  if (call.options.json) call.json(listed.map(({ name, id }) => ({ name, ...(id === undefined ? {} : { id }) })));
  else for (const { name, id } of listed) call.out(`${name}${id === undefined ? '' : ` (id: ${id})`}\n`);
}

/** Names are bind mounts: they need CAP_SYS_ADMIN. */
function mayBind(call: IpCall): boolean {
  const { credentials, namespaces } = call.context.process;
  return capable(credentials, 'CAP_SYS_ADMIN', namespaces.mnt.owner);
}

function isInvalidName(name: string): boolean {
  return name === '' || name === '.' || name === '..' || name.includes('/') || name.length > 255;
}

/** A name for the namespace; the file is made first, so an existing one is what fails. */
function bind(call: IpCall, name: string, namespace: NetworkNamespace): number {
  if (!mayBind(call)) return call.fail(mistake('mkdir /run/netns failed: Permission denied\n', 1));
  const failed = bindNetworkName(call.context.process, name, namespace);
  return failed ? call.fail(mistake(`Cannot create namespace file "/run/netns/${name}": ${failed.text}\n`, 1)) : 0;
}

/** The process itself moves to a new namespace, which keeps its name after the process has ended. */
function add(call: IpCall, name: string): number {
  if (isInvalidName(name)) return call.fail(mistake(`Invalid netns name "${name}"\n`));
  const { process } = call.context;
  if (networkNames(process).has(name)) return bind(call, name, call.net);
  const failed = unshare(process, new Set(['net']));
  if (failed) return call.fail(mistake('mkdir /run/netns failed: Permission denied\n', 1));
  return bind(call, name, process.namespaces.net);
}

function setId(call: IpCall, [name, text]: readonly string[]): number {
  if (name === undefined) return call.fail(mistake('No netns name specified\n', 1));
  if (text === undefined) return call.fail(mistake('No nsid specified\n', 1));
  const namespace = networkNames(call.context.process).get(name);
  if (!namespace) return call.fail(mistake(`Cannot open network namespace "${name}": No such file or directory\n`));
  if (text !== 'auto' && !/^\d+$/.test(text)) return call.fail(mistake(`Invalid "netnsid" value ${text}\n`));
  const id = text === 'auto' ? call.net.idOf(namespace) : Number(text);
  return call.answered(call.refused ?? call.net.setIdOf(namespace, id), { EEXIST: 'Error: Peer netns already has a nsid assigned.' });
}

/** `ip -all netns exec`: the command in one namespace after the other, each by a child. */
function* executeInAll(call: IpCall, named: ReadonlyMap<string, NetworkNamespace>, words: readonly string[]): Running {
  if (words.length === 0) return call.fail(mistake('No netns name specified\n', 1));
  for (const [name, namespace] of named) {
    call.out(`\nnetns: ${name}\n`);
    const child = call.context.fork(function* (inner) {
      const failed = setns(inner.process, namespace) ?? (yield* execute(inner, words));
      inner.err(`exec of "${words[0] ?? ''}" failed: ${failed.text}\n`);
      return 1;
    });
    if (isErrno(child)) return 1;
    for (let change = yield* call.context.wait(); isErrno(change) && change.code === 'EINTR';) change = yield* call.context.wait();
  }
  return 0;
}
