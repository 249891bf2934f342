/** /proc/PID/mounts, mountinfo and mountstats: the mounts below a process's root (fs/proc_namespace.c). */
import type { Process } from '../../process/process.ts';
import type { Mount } from '../mount-namespace.ts';

/** Blanks and the like are written in octal (mangle). */
function escape(text: string): string {
  return text.replace(/[ \t\n\\#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** The mounts that `process` can name, with the paths under which it knows them. */
function visibleMounts(process: Process): readonly { readonly mount: Mount; readonly path: string }[] {
  const { root } = process.fs;
  const prefix = root === '/' ? '' : root;
  return process.namespaces.mnt.mounts
    .filter((mount) => prefix === '' || mount.target === root || mount.target.startsWith(`${prefix}/`))
    .map((mount) => ({ mount, path: mount.target.slice(prefix.length) || '/' }));
}

function superOptions(mount: Mount): readonly string[] {
  const { options } = mount.fileSystem;
  return options.includes('ro') ? options : ['rw', ...options];
}

export function mountsText(process: Process): string {
  return visibleMounts(process)
    .map(({ mount, path }) => {
      const [access = 'rw', ...flags] = mount.options;
      const options = [
        mount.fileSystem.options.includes('ro') ? 'ro' : access,
        ...flags,
        ...mount.fileSystem.options.filter((each) => each !== 'ro' && each !== 'rw'),
      ];
      return `${escape(mount.source)} ${escape(path)} ${mount.fileSystem.type} ${options.join(',')} 0 0\n`;
    })
    .join('');
}

export function mountInfoText(process: Process): string {
  return visibleMounts(process)
    .map(
      ({ mount, path }) =>
        `${mount.id} ${mount.parent?.id ?? 1} 0:${mount.fileSystem.device} ${escape(mount.rootPath)} ${escape(path)} ${mount.options.join(',')} - ${mount.fileSystem.type} ${escape(mount.source)} ${superOptions(mount).join(',')}\n`,
    )
    .join('');
}

export function mountStatsText(process: Process): string {
  return visibleMounts(process)
    .map(({ mount, path }) => `device ${escape(mount.source)} mounted on ${escape(path)} with fstype ${mount.fileSystem.type}\n`)
    .join('');
}
