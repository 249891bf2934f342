/** Names of users and groups as a program finds them in its own /etc/passwd and /etc/group. */
import { isErrno } from '../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';

export interface Accounts {
  /** The name of an id; undefined where there is none. */
  user(id: number): string | undefined;
  group(id: number): string | undefined;
  userId(name: string): number | undefined;
  groupId(name: string): number | undefined;
  /** The group that /etc/passwd gives a user. */
  mainGroup(id: number): number | undefined;
  /** Groups that list the user as a member. */
  memberships(user: string): readonly number[];
}

function entries(text: string): readonly (readonly [string, number])[] {
  return text.split('\n').flatMap((line) => {
    const [name, , id] = line.split(':');
    return name !== undefined && name !== '' && id !== undefined && /^\d+$/.test(id) ? [[name, Number(id)] as const] : [];
  });
}

export function* readAccounts(context: ProcessContext): Blocking<Accounts> {
  const passwd = yield* context.readFile('/etc/passwd');
  const group = yield* context.readFile('/etc/group');
  const users = isErrno(passwd) ? [] : entries(passwd);
  const groups = isErrno(group) ? [] : entries(group);
  return {
    user: (id) => users.find(([, each]) => each === id)?.[0],
    group: (id) => groups.find(([, each]) => each === id)?.[0],
    userId: (name) => users.find(([each]) => each === name)?.[1],
    mainGroup: (id) => {
      const row = isErrno(passwd) ? undefined : passwd.split('\n').find((line) => line.split(':')[2] === String(id));
      return row === undefined ? undefined : Number(row.split(':')[3]);
    },
    memberships: (user) =>
      isErrno(group)
        ? []
        : group.split('\n').flatMap((line) => {
            const [, , id = '', members = ''] = line.split(':');
            return members.split(',').includes(user) ? [Number(id)] : [];
          }),
    groupId: (name) => groups.find(([each]) => each === name)?.[1],
  };
}
