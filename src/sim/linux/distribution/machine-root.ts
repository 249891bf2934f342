/** The root file system of the recorded machines: Debian 12 with the usual administrator's tools. Knows nothing of Kubernetes. */
import { extendTemplate, fileTemplate, type DirectoryTemplate, type FileList } from '../fs/file-template.ts';
import { DEBIAN_LAYOUT, debianConfiguration, MINIMAL_PACKAGES, packageFiles } from './debian-packages.ts';
import { servicesFile } from './services.ts';

export interface MachineRootOptions {
  readonly hostname: string;
  /** Text of /etc/hosts. */
  readonly hosts: string;
  /** Addresses of name servers. */
  readonly nameservers: readonly string[];
  /** Further files, which replace the usual ones. */
  readonly files?: FileList;
}

/** Names in / that the recorded machines have beside Debian's. */
const RECORDED_ROOT: FileList = {
  '/container_info.json': '{}\n',
  '/etc/services': servicesFile(),
  '/farm': { directory: true },
  '/lost+found': { directory: true, mode: 0o700 },
  '/old_root': { directory: true },
  '/pyenv-installer': { text: '#!/bin/sh\n', mode: 0o755 },
  '/root/.bashrc': "PS1='[\\u@\\h \\W]\\$ '\n",
  '/root/go': { directory: true },
  '/work': { directory: true },
};

const TOOLS: FileList = packageFiles([
  ...MINIMAL_PACKAGES,
  'procps',
  'psmisc',
  'net-tools',
  'iproute2',
  'iputils',
  'traceroute',
  'iptables',
  'bind9-dnsutils',
  'bridge-utils',
  'curl',
  'netcat',
  'less',
  'man',
  'vim',
  'lsof',
]);

const USERS = ['messagebus:x:100:107::/nonexistent:/usr/sbin/nologin', 'sshd:x:101:65534::/run/sshd:/usr/sbin/nologin'];

/** What all machines have in common, made once. */
let common: DirectoryTemplate | undefined;

export function machineRoot(options: MachineRootOptions): DirectoryTemplate {
  common ??= fileTemplate({ ...DEBIAN_LAYOUT, ...RECORDED_ROOT, ...debianConfiguration(USERS), ...TOOLS });
  return extendTemplate(common, {
    '/etc/hostname': `${options.hostname}\n`,
    '/etc/hosts': options.hosts,
    '/etc/machine-id': `${machineId(options.hostname)}\n`,
    '/etc/resolv.conf': options.nameservers.map((address) => `nameserver ${address}\n`).join(''),
    '/etc/hosts.allow': '# /etc/hosts.allow: list of hosts that are allowed to access the system.\n',
    '/etc/hosts.deny': '# /etc/hosts.deny: list of hosts that are not allowed to access the system.\n',
    '/etc/ssh/sshd_config': 'UsePAM yes\nPrintMotd no\nSubsystem\tsftp\t/usr/lib/openssh/sftp-server\n',
    '/usr/sbin/init': { program: 'init/system' },
    '/usr/sbin/sshd': { program: 'sshd/system', size: 921_288 },
    ...options.files,
  });
}

/** 32 hexadecimal digits that differ from machine to machine. */
function machineId(hostname: string): string {
  let state = 2_166_136_261;
  let text = '';
  for (let index = 0; text.length < 32; index++) {
    state = Math.imul(state ^ hostname.charCodeAt(index % hostname.length) ^ index, 16_777_619);
    text += (state >>> 24).toString(16).padStart(2, '0');
  }
  return text;
}
