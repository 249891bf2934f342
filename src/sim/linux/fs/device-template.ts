/** What /dev holds at first: in containers as runc makes it, on machines as devtmpfs does. */
import type { DirectoryTemplate, FileTemplate } from './file-template.ts';
import type { DeviceNumber } from './node.ts';

/** runc: libcontainer/specconv/spec_linux.go AllowedDevices. */
const NUMBERS: Readonly<Record<string, DeviceNumber>> = {
  full: { major: 1, minor: 7 },
  null: { major: 1, minor: 3 },
  random: { major: 1, minor: 8 },
  tty: { major: 5, minor: 0 },
  urandom: { major: 1, minor: 9 },
  zero: { major: 1, minor: 5 },
};

/** More that a machine has, and with it a privileged container. */
const MACHINE: Readonly<Record<string, DeviceNumber>> = {
  console: { major: 5, minor: 1 },
  kmsg: { major: 1, minor: 11 },
  ttyS0: { major: 4, minor: 64 },
};

/** runc: libcontainer/rootfs_linux.go setupDevSymlinks and setupPtmx. */
const LINKS: Readonly<Record<string, string>> = {
  fd: '/proc/self/fd',
  ptmx: 'pts/ptmx',
  stderr: '/proc/self/fd/2',
  stdin: '/proc/self/fd/0',
  stdout: '/proc/self/fd/1',
};

const templates = new Map<boolean, DirectoryTemplate>();

/** @returns the tree of /dev without what is mounted there (pts, shm, mqueue); for trees that show the time of their own making */
export function deviceTemplate(options: { readonly container: boolean; readonly privileged: boolean }): DirectoryTemplate {
  const all = !options.container || options.privileged;
  let template = templates.get(all);
  if (!template) templates.set(all, (template = makeTemplate(all)));
  return template;
}

function makeTemplate(all: boolean): DirectoryTemplate {
  const common = { uid: 0, gid: 0, modified: 0 };
  const children = new Map<string, FileTemplate>();
  for (const [name, device] of Object.entries(NUMBERS)) children.set(name, { kind: 'character-device', mode: 0o666, ...common, device });
  for (const [name, target] of Object.entries(LINKS)) children.set(name, { kind: 'symlink', mode: 0o777, ...common, target });
  if (all) {
    for (const [name, device] of Object.entries(MACHINE)) children.set(name, { kind: 'character-device', mode: 0o600, ...common, device });
    children.set('vda', { kind: 'block-device', mode: 0o660, ...common, gid: 6, device: { major: 254, minor: 0 } });
  }
  for (const name of ['mqueue', 'pts', 'shm']) children.set(name, { kind: 'directory', mode: 0o755, ...common, children: new Map() });
  return { kind: 'directory', mode: 0o755, ...common, children };
}
