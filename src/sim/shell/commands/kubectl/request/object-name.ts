/** How kubectl names an object in a line of output: `deployment.apps/kubia` (cli-runtime printers/name.go). */
import type { Resource } from '../../../../kube/apiserver/resource.ts';
import type { DryRun } from '../session.ts';

/** `pod/web`, `deployment.apps/kubia`. */
export function objectName(resource: Resource, name: string): string {
  return `${typeName(resource)}/${name}`;
}

/** `pod`, `deployment.apps`. */
export function typeName(resource: Resource): string {
  return resource.group === '' ? resource.kind.toLowerCase() : `${resource.kind.toLowerCase()}.${resource.group}`;
}

/** What stands behind a verb in a dry run. */
export function dryRunMark(dryRun: DryRun): string {
  if (dryRun === 'none') return '';
  return dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
}
