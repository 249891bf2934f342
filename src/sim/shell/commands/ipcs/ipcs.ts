/** ipcs in both families: lists of System V objects of the own IPC namespace. The families differ in a few headings. */
import { idInside, type IdMapping } from '../../../linux/namespace/namespaces.ts';
import type { IpcObject } from '../../../linux/ipc/ipc-object.ts';
import { shownPid } from '../../../linux/ipc/ipc-object.ts';
import { usedBytes, type MessageQueue } from '../../../linux/ipc/message-queues.ts';
import type { SemaphoreArray } from '../../../linux/ipc/semaphores.ts';
import type { Segment } from '../../../linux/ipc/shared-memory.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Accounts } from '../../process-table/accounts.ts';
import { ctime } from './ctime.ts';

export type IpcsOutput = 'status' | 'time' | 'creator' | 'pid' | 'limits' | 'summary';
export type IpcsResource = 'messages' | 'memory' | 'semaphores';

/** Texts in which the families differ. */
export interface IpcsWords {
  readonly messages: { readonly creator: string; readonly limits: string; readonly summary: string };
  readonly memory: { readonly pid: string };
  readonly semaphores: { readonly time: string; readonly timeId: string };
  readonly totalMemory: string;
  readonly swap: string;
}

const PAGE = 4096;

const pad = (widths: readonly number[], cells: readonly (string | number)[]): string =>
  `${cells.map((cell, index) => String(cell).padEnd(widths[index] ?? 0)).join(' ')}\n`;
const title = (text: string): string => `------ ${text} --------\n`;
const key = (object: IpcObject): string => `0x${object.key.toString(16).padStart(8, '0')}`;
const modeText = (object: IpcObject): string => (object.mode & 0o777).toString(8);

export class IpcsReport {
  readonly #context: ProcessContext;
  readonly #accounts: Accounts;
  readonly #words: IpcsWords;

  constructor(context: ProcessContext, accounts: Accounts, words: IpcsWords) {
    this.#context = context;
    this.#accounts = accounts;
    this.#words = words;
  }

  /** Sections of the chosen resources, each followed by an empty line. */
  text(resources: readonly IpcsResource[], output: IpcsOutput): string {
    return `\n${resources.map((resource) => `${this.#section(resource, output)}\n`).join('')}`;
  }

  #section(resource: IpcsResource, output: IpcsOutput): string {
    switch (resource) {
      case 'messages':
        return this.#messages(output);
      case 'memory':
        return this.#memory(output);
      case 'semaphores':
        return this.#semaphores(output);
    }
  }

  #user(id: number): string {
    const inside = this.#inside('uidMap', id);
    return (this.#accounts.user(inside) ?? String(inside)).slice(0, 10);
  }

  #group(id: number): string {
    const inside = this.#inside('gidMap', id);
    return (this.#accounts.group(inside) ?? String(inside)).slice(0, 10);
  }

  #inside(map: 'uidMap' | 'gidMap', id: number): number {
    const { user } = this.#context.process.credentials;
    return idInside(user[map] satisfies readonly IdMapping[], id);
  }

  #pid(of: Parameters<typeof shownPid>[0]): number {
    return shownPid(of, this.#context.process);
  }

  #creators(objects: readonly IpcObject[], name: string): string {
    const widths = [10, 10, 10, 10, 10, 10];
    const rows = objects.map((each) =>
      pad(widths, [each.id, modeText(each), this.#user(each.creatorUid), this.#group(each.creatorGid), this.#user(each.uid), this.#group(each.gid)]),
    );
    return pad(widths, [name, 'perms', 'cuid', 'cgid', 'uid', 'gid']) + rows.join('');
  }

  #messages(output: IpcsOutput): string {
    const { ipc } = this.#context.process.namespaces;
    const { limits, table } = ipc.messages;
    const list = table.list();
    switch (output) {
      case 'limits':
        return `${title(this.#words.messages.limits)}max queues system wide = ${limits.queues}\nmax size of message (bytes) = ${limits.message}\ndefault max size of queue (bytes) = ${limits.queue}\n`;
      case 'summary': {
        const headers = list.reduce((sum, queue) => sum + queue.messages.length, 0);
        const bytes = list.reduce((sum, queue) => sum + usedBytes(queue), 0);
        return `${title(this.#words.messages.summary)}allocated queues = ${list.length}\nused headers = ${headers}\nused space = ${bytes} bytes\n`;
      }
      case 'creator':
        return title(this.#words.messages.creator) + this.#creators(list, 'msqid');
      case 'time': {
        const widths = [8, 10, 20, 20, 20];
        return `${title('Message Queues Send/Recv/Change Times')}${pad(widths, ['msqid', 'owner', 'send', 'recv', 'change'])}${list
          .map((each) => pad(widths, [each.id, this.#user(each.uid), shortTime(each.sentAt), shortTime(each.receivedAt), shortTime(each.changed)]))
          .join('')}`;
      }
      case 'pid':
        return `${title('Message Queues PIDs')}${pad([10, 10, 10, 10], ['msqid', 'owner', 'lspid', 'lrpid'])}${list
          .map(
            (each) =>
              `${String(each.id).padEnd(8)} ${this.#user(each.uid).padEnd(10)}  ${String(this.#pid(each.lastSender)).padStart(5)}     ${String(this.#pid(each.lastReceiver)).padStart(5)}\n`,
          )
          .join('')}`;
      case 'status': {
        const widths = [10, 10, 10, 10, 12, 12];
        return `${title('Message Queues')}${pad(widths, ['key', 'msqid', 'owner', 'perms', 'used-bytes', 'messages'])}${list
          .map((each) => pad(widths, [key(each), each.id, this.#user(each.uid), modeText(each), usedBytes(each), each.messages.length]))
          .join('')}`;
      }
    }
  }

  #memory(output: IpcsOutput): string {
    const { shared } = this.#context.process.namespaces.ipc;
    const { limits } = shared;
    const list = shared.table.list();
    switch (output) {
      case 'limits':
        return `${title('Shared Memory Limits')}max number of segments = ${limits.segments}\nmax seg size (kbytes) = ${limits.max / 1024n}\n${this.#words.totalMemory}\nmin seg size (bytes) = ${limits.min}\n`;
      case 'summary': {
        const resident = list.reduce((sum, each) => sum + Math.ceil(each.content.length / PAGE), 0);
        return `${title('Shared Memory Status')}segments allocated ${list.length}\npages allocated ${shared.pages}\npages resident  ${resident}\npages swapped   0\n${this.#words.swap}\n`;
      }
      case 'creator':
        return title('Shared Memory Segment Creators/Owners') + this.#creators(list, 'shmid');
      case 'time': {
        const widths = [10, 10, 20, 20, 20];
        return `${title('Shared Memory Attach/Detach/Change Times')}${pad(widths, ['shmid', 'owner', 'attached', 'detached', 'changed'])}${list
          .map((each) =>
            pad(widths, [each.id, this.#user(each.uid), shortTime(each.attachedAt), shortTime(each.detachedAt), shortTime(each.changed)]),
          )
          .join('')}`;
      }
      case 'pid': {
        const widths = [10, 10, 10, 10];
        return `${title(this.#words.memory.pid)}${pad(widths, ['shmid', 'owner', 'cpid', 'lpid'])}${list
          .map((each) => pad(widths, [each.id, this.#user(each.uid), this.#pid(each.creator), this.#pid(each.lastOperator)]))
          .join('')}`;
      }
      case 'status': {
        const widths = [10, 10, 10, 10, 10, 10, 12];
        return `${title('Shared Memory Segments')}${pad(widths, ['key', 'shmid', 'owner', 'perms', 'bytes', 'nattch', 'status'])}${list
          .map((each) =>
            pad(widths, [
              each.destroyed ? '0x00000000' : key(each),
              each.id,
              this.#user(each.uid),
              modeText(each),
              each.size,
              each.attached,
              `${(each.destroyed ? 'dest' : '').padEnd(6)} ${''.padEnd(6)}`,
            ]),
          )
          .join('')}`;
      }
    }
  }

  #semaphores(output: IpcsOutput): string {
    const { semaphores } = this.#context.process.namespaces.ipc;
    const { limits } = semaphores;
    const list = semaphores.table.list();
    switch (output) {
      case 'limits':
        return `${title('Semaphore Limits')}max number of arrays = ${limits.arrays}\nmax semaphores per array = ${limits.perArray}\nmax semaphores system wide = ${limits.all}\nmax ops per semop call = ${limits.operations}\nsemaphore max value = ${limits.max}\n`;
      case 'summary':
        return `${title('Semaphore Status')}used arrays = ${list.length}\nallocated semaphores = ${semaphores.used}\n`;
      case 'creator':
        return title('Semaphore Arrays Creators/Owners') + this.#creators(list, 'semid');
      case 'time':
        return `${title(this.#words.semaphores.time)}${pad([8, 10, 26, 26], [this.#words.semaphores.timeId, 'owner', 'last-op', 'last-changed'])}${list
          .map(
            (each) =>
              `${String(each.id).padEnd(8)} ${this.#user(each.uid).padEnd(10)}  ${longTime(each.operatedAt).padEnd(26)} ${longTime(each.changed).padEnd(26)}\n`,
          )
          .join('')}`;
      case 'pid':
        return '';
      case 'status': {
        const widths = [10, 10, 10, 10, 10];
        return `${title('Semaphore Arrays')}${pad(widths, ['key', 'semid', 'owner', 'perms', 'nsems'])}${list.map((each) => pad(widths, [key(each), each.id, this.#user(each.uid), modeText(each), each.values.length])).join('')}`;
      }
    }
  }

  /** `-m -i ID`. */
  segment(each: Segment): string {
    return `\nShared memory Segment shmid=${each.id}\n${this.#ids(each, '\t')}\nmode=${octal(each)}\taccess_perms=${octal(each)}\nbytes=${each.size}\tlpid=${this.#pid(each.lastOperator)}\tcpid=${this.#pid(each.creator)}\tnattch=${each.attached}\natt_time=${longTime(each.attachedAt).padEnd(26)}\ndet_time=${longTime(each.detachedAt).padEnd(26)}\nchange_time=${longTime(each.changed).padEnd(26)}\n\n`;
  }

  /** `-q -i ID`. */
  queue(each: MessageQueue): string {
    return `\nMessage Queue msqid=${each.id}\n${this.#ids(each, '\t')}\tmode=${octal(each)}\ncbytes=${usedBytes(each)}\tqbytes=${each.capacity}\tqnum=${each.messages.length}\tlspid=${this.#pid(each.lastSender)}\tlrpid=${this.#pid(each.lastReceiver)}\nsend_time=${longTime(each.sentAt).padEnd(26)}\nrcv_time=${longTime(each.receivedAt).padEnd(26)}\nchange_time=${longTime(each.changed).padEnd(26)}\n\n`;
  }

  /** `-s -i ID`. */
  array(each: SemaphoreArray): string {
    const widths = [10, 10, 10, 10, 10];
    const rows = each.values.map((value, index) => pad(widths, [index, value, 0, 0, this.#pid(each.lastOperator)]));
    return `\nSemaphore Array semid=${each.id}\n${this.#ids(each, '\t ')}\nmode=${octal(each)}, access_perms=${octal(each)}\nnsems = ${each.values.length}\notime = ${longTime(each.operatedAt).padEnd(26)}\nctime = ${longTime(each.changed).padEnd(26)}\n${pad(widths, ['semnum', 'value', 'ncount', 'zcount', 'pid'])}${rows.join('')}\n`;
  }

  #ids(each: IpcObject, gap: string): string {
    return [
      `uid=${this.#inside('uidMap', each.uid)}`,
      `gid=${this.#inside('gidMap', each.gid)}`,
      `cuid=${this.#inside('uidMap', each.creatorUid)}`,
      `cgid=${this.#inside('gidMap', each.creatorGid)}`,
    ].join(gap);
  }
}

function octal(object: IpcObject): string {
  return `0${(object.mode & 0o777).toString(8)}`;
}

function longTime(time: number): string {
  return time === 0 ? 'Not set' : ctime(time);
}

function shortTime(time: number): string {
  return time === 0 ? 'Not set' : ctime(time).slice(4, 19);
}
