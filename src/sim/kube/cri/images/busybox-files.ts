/** The root file system of the `alpine` and `busybox` images as they were recorded: one BusyBox and links to it, users, groups. */
import { fileTemplate, type DirectoryTemplate, type FileEntry } from '../../../linux/fs/file-template.ts';
import { BUSYBOX_APPLETS } from './busybox-applets.ts';

const PASSWD =
  'root:x:0:0:root:/root:/bin/sh\nbin:x:1:1:bin:/bin:/sbin/nologin\ndaemon:x:2:2:daemon:/sbin:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n';
const GROUP = 'root:x:0:root\nbin:x:1:root,bin,daemon\ndaemon:x:2:root,bin,daemon\ntty:x:5:\nnobody:x:65534:\n';

/** Users and groups of small images. */
export const SMALL_ACCOUNTS = { '/etc/passwd': PASSWD, '/etc/group': GROUP };

let made: DirectoryTemplate | undefined;

/** One tree for both images, so that they share it. */
export function busyboxFiles(): DirectoryTemplate {
  if (made) return made;
  const list: Record<string, FileEntry> = {
    '/bin/busybox': { multiCall: 'busybox', size: 2_306_136 },
    '/dev': { directory: true },
    ...SMALL_ACCOUNTS,
    '/home': { directory: true },
    '/linuxrc': { link: '/bin/busybox' },
    '/mnt': { directory: true },
    '/opt': { directory: true },
    '/proc': { directory: true },
    '/root': { directory: true },
    '/run': { directory: true },
    '/sys': { directory: true },
    '/tmp': { directory: true, mode: 0o1777 },
    '/var/log': { directory: true },
    '/var/run': { directory: true },
  };
  for (const [directory, names] of Object.entries(BUSYBOX_APPLETS))
    for (const name of names.split(' ')) list[`${directory}/${name}`] = { link: '/bin/busybox' };
  return (made = fileTemplate(list));
}
