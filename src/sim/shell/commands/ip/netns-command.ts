/** `ip netns` of iproute2 6.1 (ip/ipnetns.c). Making and removing names needs a shared mount of /run/netns, which machines here lack. */
import { isErrno } from '../../../linux/errno.ts';
import { setns } from '../../../linux/namespace/setns.ts';
import { mayInspect } from '../../../linux/fs/permission.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { execute } from '../../namespace/run-shell.ts';
import { visibleProcess, visibleProcesses } from '../../process-table/visible-processes.ts';
import { mistake, pick, type IpCall } from './ip-call.ts';
import { namedNamespaces } from './named-namespaces.ts';

const COMMANDS = ['list', 'show', 'lst', 'list-id', 'add', 'set', 'delete', 'identify', 'pids', 'exec', 'attach', 'monitor', 'help'] as const;

/** @param words what follows `ip netns` */
export function* netnsCommand(call: IpCall, words: readonly string[]): Running {
  const [typed, ...rest] = words;
  const command = typed === undefined ? 'list' : pick(typed, COMMANDS);
  const named = namedNamespaces(call.context);
  const [name] = rest;
  switch (command) {
    case 'list':
    case 'show':
    case 'lst':
      if (call.options.json)
        call.json([...named].map(([each, namespace]) => ({ name: each, ...(call.net === namespace ? {} : { id: call.net.idOf(namespace) }) })));
      else for (const [each, namespace] of named) call.out(`${each}${call.net === namespace ? '' : ` (id: ${call.net.idOf(namespace)})`}\n`);
      return 0;
    case 'list-id':
      for (const [each, namespace] of named) call.out(`nsid ${call.net.idOf(namespace)} (iproute2 netns name: ${each})\n`);
      return 0;
    case 'identify': {
      const process = name === undefined ? call.context.process : visibleProcess(call.context, Number(name))?.process;
      if (!process || !mayInspect(call.context.process, process))
        return call.fail(mistake(`Cannot open network namespace: ${process ? 'Permission denied' : 'No such file or directory'}\n`));
      call.out(`${[...named].find(([, namespace]) => namespace === process.namespaces.net)?.[0] ?? ''}\n`);
      return 0;
    }
    case 'pids': {
      if (name === undefined) return call.fail(mistake('No netns name specified\n', 255));
      const namespace = named.get(name);
      if (!namespace) return call.fail(mistake(`Cannot open network namespace: No such file or directory\n`, 255));
      for (const each of visibleProcesses(call.context)) if (each.process.namespaces.net === namespace) call.out(`${each.pid}\n`);
      return 0;
    }
    case 'exec': {
      if (name === undefined) return call.fail(mistake('No netns name specified\n', 1));
      const namespace = named.get(name);
      if (!namespace) return call.fail(mistake(`Cannot open network namespace "${name}": No such file or directory\n`));
      if (rest.length < 2) return call.fail(mistake('No command specified\n'));
      const failed = setns(call.context.process, namespace);
      if (failed) return call.fail(mistake(`setting the network namespace "${name}" failed: ${failed.text}\n`));
      const error = yield* execute(call.context, rest.slice(1));
      call.context.err(`exec of "${rest[1] ?? ''}" failed: ${isErrno(error) ? error.text : ''}\n`);
      return 255;
    }
    case 'delete':
      if (name === undefined) return call.fail(mistake('No netns name specified\n', 255));
      return call.fail(
        mistake(
          `Cannot remove namespace file "/run/netns/${name}": ${named.has(name) ? (call.refused ? 'Permission denied' : 'Device or resource busy') : 'No such file or directory'}\n`,
          1,
        ),
      );
    case 'add':
    case 'attach':
      if (name === undefined) return call.fail(mistake('No netns name specified\n', 255));
      return call.fail(mistake('mount --make-shared /run/netns failed: Operation not permitted\n', 1));
    case 'help':
      return call.fail(
        mistake(
          'Usage:\tip netns list\n\tip netns add NAME\n\tip netns attach NAME PID\n\tip netns set NAME NETNSID\n\tip [-all] netns delete [NAME]\n\tip netns identify [PID]\n\tip netns pids NAME\n\tip [-all] netns exec [NAME] cmd ...\n\tip netns monitor\n\tip netns list-id [target-nsid POSITIVE-INT] [nsid POSITIVE-INT]\nNETNSID := auto | POSITIVE-INT\n',
        ),
      );
    case 'set':
    case 'monitor':
      return 0;
    case undefined:
      return call.fail(mistake(`Command "${typed ?? ''}" is unknown, try "ip netns help".\n`));
  }
}
