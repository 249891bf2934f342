/** Flags that several subcommands have in common (cli-runtime genericclioptions, kubectl cmd/util). */
import { flagsOf } from './flags.ts';
import type { Flag } from './flags.ts';

/** Flags of every subcommand (`kubectl options`). */
export const GLOBAL_FLAGS: readonly Flag[] = flagsOf(
  'as=',
  'as-group+',
  'as-uid=',
  'as-user-extra+',
  'cache-dir=',
  'certificate-authority=',
  'client-certificate=',
  'client-key=',
  'cluster=',
  'context=',
  'disable-compression!',
  'insecure-skip-tls-verify!',
  'kubeconfig=',
  'kuberc=',
  'log-flush-frequency~',
  'match-server-version!',
  'n|namespace=',
  'password=',
  'profile=',
  'profile-output=',
  'request-timeout=',
  's|server=',
  'tls-server-name=',
  'token=',
  'user=',
  'username=',
  'v|v#0',
  'vmodule=',
  'warnings-as-errors!',
);

export const OUTPUT_FLAGS: readonly Flag[] = flagsOf('o|output=', 'template=', 'allow-missing-template-keys!true', 'show-managed-fields!');

export const FILE_FLAGS: readonly Flag[] = flagsOf('f|filename,', 'k|kustomize=', 'R|recursive!');

export const SELECTOR_FLAG: readonly Flag[] = flagsOf('l|selector=');

export const DRY_RUN_FLAG: readonly Flag[] = [{ name: 'dry-run', kind: 'string', initial: 'none', bare: 'unchanged' }];

export const VALIDATE_FLAG: readonly Flag[] = [{ name: 'validate', kind: 'string', initial: 'strict', bare: 'strict' }];

export const WRITE_FLAGS: readonly Flag[] = [
  ...OUTPUT_FLAGS,
  ...DRY_RUN_FLAG,
  ...flagsOf('field-manager=', 'record!', 'local!', 'save-config!', 'windows-line-endings!'),
];

/** Whether the manifest's fields are checked (`--validate`). */
export function validationOf(value: string): 'Strict' | 'Warn' | 'Ignore' {
  if (value === 'warn') return 'Warn';
  return value === 'false' || value === 'ignore' ? 'Ignore' : 'Strict';
}
