/** Pathname expansion: the paths that a shell pattern matches, sorted; hidden names only when the pattern asks for them. */
import { isErrno } from '../../linux/errno.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';
import { compilePattern, hasPattern, matchesPattern, unquotePattern } from './glob-pattern.ts';

/** Paths that one pattern may become. */
const LIMIT = 20_000;

/** @returns the matching paths, empty when there are none */
export function expandPath(context: ProcessContext, pattern: string): string[] {
  const absolute = pattern.startsWith('/');
  const components = pattern.split(/\/+/).filter((each, index, all) => each !== '' || (index === all.length - 1 && index > 0));
  let found: string[] = [absolute ? '/' : ''];
  components.forEach((component, index) => {
    const last = index === components.length - 1;
    const next: string[] = [];
    for (const base of found) {
      if (component === '') {
        if (isDirectory(context, base)) next.push(`${base}/`);
      } else if (hasPattern(component)) next.push(...matchesIn(context, base, component).filter((path) => last || isDirectory(context, path)));
      else {
        const path = join(base, unquotePattern(component));
        if (!isErrno(context.kernel.vfs.stat(context.process, path, false))) next.push(path);
      }
      if (next.length > LIMIT) break;
    }
    found = next;
  });
  return found.filter((each) => each !== '');
}

function join(base: string, name: string): string {
  return base === '' || base.endsWith('/') ? `${base}${name}` : `${base}/${name}`;
}

function isDirectory(context: ProcessContext, path: string): boolean {
  const status = context.kernel.vfs.stat(context.process, path);
  return !isErrno(status) && status.kind === 'directory';
}

function matchesIn(context: ProcessContext, base: string, component: string): string[] {
  const names = context.kernel.vfs.readdir(context.process, base === '' ? '.' : base);
  if (isErrno(names)) return [];
  const compiled = compilePattern(component);
  const hidden = component.startsWith('.') || component.startsWith('\\.');
  const candidates = hidden ? ['.', '..', ...names] : names.filter((each) => !each.startsWith('.'));
  return candidates
    .filter((each) => matchesPattern(compiled, each))
    .sort()
    .map((each) => join(base, each));
}
