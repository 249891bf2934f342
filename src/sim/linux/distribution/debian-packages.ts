/**
 * Which executables the Debian 12 packages bring that machines and Debian images have, as far as they are modelled. The
 * suite is the package's name among the commands; a name alone says nothing about what the program does.
 */
import type { FileList } from '../fs/file-template.ts';

interface Package {
  readonly suite: string;
  /** Names in /usr/bin and /usr/sbin, separated by blanks; `a=b`: the file a runs program b. */
  readonly bin?: string;
  readonly sbin?: string;
}

const PACKAGES = {
  bash: { suite: 'bash', bin: 'bash rbash=bash' },
  coreutils: {
    suite: 'coreutils',
    bin: '[ arch b2sum base32 base64 basename cat chgrp chmod chown cksum comm cp cut date dd df dir dircolors dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pinky pr printenv printf pwd readlink realpath rm rmdir seq sha1sum sha256sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes',
    sbin: 'chroot',
  },
  procps: { suite: 'procps', bin: 'free kill pgrep pidwait pkill pmap ps pwdx top uptime vmstat w watch', sbin: 'sysctl' },
  psmisc: { suite: 'psmisc', bin: 'fuser killall pstree' },
  'sysvinit-utils': { suite: 'procps', bin: 'pidof' },
  'util-linux': {
    suite: 'util-linux',
    bin: 'chrt dmesg findmnt flock getopt ionice ipcmk ipcrm ipcs last logger lsblk lscpu lsipc lslocks lsns mesg more mountpoint namei nsenter prlimit renice rev script setpriv setsid su taskset unshare whereis',
    sbin: 'agetty blkid fsfreeze losetup pivot_root runuser swapoff swapon switch_root',
  },
  mount: { suite: 'mount', bin: 'mount umount' },
  'net-tools': { suite: 'net-tools', bin: 'netstat', sbin: 'arp ifconfig ipmaddr iptunnel mii-tool nameif plipconfig rarp route slattach' },
  iproute2: { suite: 'iproute2', bin: 'ip ss nstat', sbin: 'bridge ip tc' },
  iputils: { suite: 'iputils', bin: 'ping ping4=ping ping6 tracepath' },
  traceroute: { suite: 'iputils', bin: 'traceroute' },
  iptables: {
    suite: 'iptables',
    sbin: 'iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore iptables-nft=iptables iptables-nft-save=iptables-save ip6tables-nft=ip6tables ip6tables-nft-save=ip6tables-save',
  },
  'bind9-dnsutils': { suite: 'bind9-dnsutils', bin: 'dig host nslookup' },
  'bridge-utils': { suite: 'bridge-utils', sbin: 'brctl' },
  curl: { suite: 'curl', bin: 'curl' },
  netcat: { suite: 'netcat', bin: 'nc netcat=nc nc.openbsd=nc' },
  grep: { suite: 'grep', bin: 'egrep fgrep grep' },
  sed: { suite: 'sed', bin: 'sed' },
  mawk: { suite: 'awk', bin: 'awk mawk=awk' },
  findutils: { suite: 'findutils', bin: 'find xargs' },
  hostname: { suite: 'hostname', bin: 'hostname dnsdomainname domainname nisdomainname=domainname ypdomainname=domainname' },
  debianutils: { suite: 'system', bin: 'which' },
  'libc-bin': { suite: 'system', bin: 'getent ldd locale' },
  diffutils: { suite: 'coreutils', bin: 'cmp diff' },
  less: { suite: 'less', bin: 'less' },
  man: { suite: 'man', bin: 'man' },
  vim: { suite: 'vim', bin: 'vi vim=vi editor=vi view=vi' },
  ncurses: { suite: 'system', bin: 'clear reset tput' },
  tar: { suite: 'system', bin: 'tar gzip gunzip zcat' },
  lsof: { suite: 'system', bin: 'lsof' },
  passwd: { suite: 'system', bin: 'passwd', sbin: 'nologin useradd usermod' },
} as const satisfies Readonly<Record<string, Package>>;

export type PackageName = keyof typeof PACKAGES;

function executables(names: string | undefined, directory: string, suite: string): FileList {
  const list: Record<string, { readonly program: string }> = {};
  for (const word of (names ?? '').split(' ').filter((each) => each !== '')) {
    const [name = word, runs = name] = word.split('=');
    list[`${directory}/${name}`] = { program: `${runs}/${suite}` };
  }
  return list;
}

/** The files of `names`, below /usr as on every merged Debian. */
export function packageFiles(names: readonly PackageName[]): FileList {
  const parts: Package[] = names.map((name) => PACKAGES[name]);
  return Object.assign(
    {},
    ...parts.flatMap(({ suite, bin, sbin }) => [executables(bin, '/usr/bin', suite), executables(sbin, '/usr/sbin', suite)]),
  ) as FileList;
}

/** What `debootstrap --variant=minbase` leaves, as far as it is modelled. */
export const MINIMAL_PACKAGES: readonly PackageName[] = [
  'bash',
  'coreutils',
  'debianutils',
  'diffutils',
  'findutils',
  'grep',
  'hostname',
  'libc-bin',
  'mawk',
  'mount',
  'ncurses',
  'passwd',
  'sed',
  'sysvinit-utils',
  'tar',
  'util-linux',
];

/** Directories and links of every Debian root file system, and its dash. */
export const DEBIAN_LAYOUT: FileList = {
  '/bin': { link: 'usr/bin' },
  '/boot': { directory: true },
  '/dev': { directory: true },
  '/home': { directory: true },
  '/lib': { link: 'usr/lib' },
  '/lib64': { link: 'usr/lib64' },
  '/media': { directory: true },
  '/mnt': { directory: true },
  '/opt': { directory: true },
  '/proc': { directory: true, mode: 0o555 },
  '/root': { directory: true, mode: 0o700 },
  '/run': { directory: true },
  '/sbin': { link: 'usr/sbin' },
  '/srv': { directory: true },
  '/sys': { directory: true, mode: 0o555 },
  '/tmp': { directory: true, mode: 0o1777 },
  '/usr/bin/sh': { program: 'sh/system' },
  '/usr/bin/dash': { program: 'sh/system' },
  '/usr/games': { directory: true },
  '/usr/include': { directory: true },
  '/usr/lib/os-release':
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n',
  '/usr/lib64': { directory: true },
  '/usr/local/bin': { directory: true },
  '/usr/local/sbin': { directory: true },
  '/usr/share/doc': { directory: true },
  '/usr/src': { directory: true },
  '/var/backups': { directory: true },
  '/var/cache': { directory: true },
  '/var/lib/dpkg': { directory: true },
  '/var/local': { directory: true },
  '/var/lock': { link: '/run/lock' },
  '/var/log': { directory: true },
  '/var/mail': { directory: true },
  '/var/opt': { directory: true },
  '/var/run': { link: '/run' },
  '/var/spool': { directory: true },
  '/var/tmp': { directory: true, mode: 0o1777 },
};

const USERS = [
  'root:x:0:0:root:/root:/bin/bash',
  'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
  'bin:x:2:2:bin:/bin:/usr/sbin/nologin',
  'sys:x:3:3:sys:/dev:/usr/sbin/nologin',
  'sync:x:4:65534:sync:/bin:/bin/sync',
  'games:x:5:60:games:/usr/games:/usr/sbin/nologin',
  'man:x:6:12:man:/var/cache/man:/usr/sbin/nologin',
  'lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin',
  'mail:x:8:8:mail:/var/mail:/usr/sbin/nologin',
  'news:x:9:9:news:/var/spool/news:/usr/sbin/nologin',
  'uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin',
  'proxy:x:13:13:proxy:/bin:/usr/sbin/nologin',
  'www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin',
  'backup:x:34:34:backup:/var/backups:/usr/sbin/nologin',
  'list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin',
  'irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin',
  '_apt:x:42:65534::/nonexistent:/usr/sbin/nologin',
  'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
];

const GROUPS = [
  'root:x:0:',
  'daemon:x:1:',
  'bin:x:2:',
  'sys:x:3:',
  'adm:x:4:',
  'tty:x:5:',
  'disk:x:6:',
  'lp:x:7:',
  'mail:x:8:',
  'news:x:9:',
  'uucp:x:10:',
  'man:x:12:',
  'proxy:x:13:',
  'kmem:x:15:',
  'dialout:x:20:',
  'fax:x:21:',
  'voice:x:22:',
  'cdrom:x:24:',
  'floppy:x:25:',
  'tape:x:26:',
  'sudo:x:27:',
  'audio:x:29:',
  'dip:x:30:',
  'www-data:x:33:',
  'backup:x:34:',
  'operator:x:37:',
  'list:x:38:',
  'irc:x:39:',
  'src:x:40:',
  'shadow:x:42:',
  'utmp:x:43:',
  'video:x:44:',
  'sasl:x:45:',
  'plugdev:x:46:',
  'staff:x:50:',
  'games:x:60:',
  'users:x:100:',
  'nogroup:x:65534:',
];

/** /etc of a Debian root file system; what a machine or the kubelet writes there is left out. */
export function debianConfiguration(users: readonly string[] = []): FileList {
  return {
    '/etc/alternatives': { directory: true },
    '/etc/apt/sources.list': 'deb http://deb.debian.org/debian bookworm main\n',
    '/etc/bash.bashrc': "# System-wide .bashrc file for interactive bash(1) shells.\nPS1='\\u@\\h:\\w\\$ '\n",
    '/etc/cron.d': { directory: true },
    '/etc/debian_version': '12.12\n',
    '/etc/default': { directory: true },
    '/etc/fstab': '# UNCONFIGURED FSTAB FOR BASE SYSTEM\n',
    '/etc/group': `${GROUPS.join('\n')}\n`,
    '/etc/host.conf': 'multi on\n',
    '/etc/init.d': { directory: true },
    '/etc/issue': 'Debian GNU/Linux 12 \\n \\l\n\n',
    '/etc/mtab': { link: '../proc/self/mounts' },
    '/etc/nsswitch.conf':
      'passwd:         files\ngroup:          files\nshadow:         files\ngshadow:        files\n\nhosts:          files dns\nnetworks:       files\n\nprotocols:      db files\nservices:       db files\n',
    '/etc/os-release': { link: '../usr/lib/os-release' },
    '/etc/passwd': `${[...USERS, ...users].join('\n')}\n`,
    '/etc/networks': 'default\t\t0.0.0.0\nloopback\t127.0.0.0\nlink-local\t169.254.0.0\n',
    '/etc/opt': { directory: true },
    '/etc/profile.d': { directory: true },
    '/etc/profile': '# /etc/profile: system-wide .profile file for the Bourne shell (sh(1))\n',
    '/etc/shadow': { text: 'root:*:20000:0:99999:7:::\n', mode: 0o640, gid: 42 },
    '/etc/security': { directory: true },
    '/etc/skel': { directory: true },
    '/etc/shells': '/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n',
  };
}
