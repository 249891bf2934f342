/** What a changing subcommand prints of each object: `pod/web created`, or the object with -o. */
import type { ApiObject } from '../../../../kube/apiserver/object.ts';
import type { Resource } from '../../../../kube/apiserver/resource.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { dryRunMark, objectName } from '../request/object-name.ts';
import { dryRunOf } from '../session.ts';
import type { DryRun, Session } from '../session.ts';
import { objectPrinter } from './object-printer.ts';

export interface Change {
  readonly resource: Resource;
  readonly object: Partial<ApiObject>;
  readonly operation: string;
  /** Says nothing of a dry run. */
  readonly unmarked?: boolean;
}

export type ChangePrinter = (change: Change) => void;

/** @returns how to print a change, and the dry run that its flags ask for */
export function* changePrinter(session: Session): Blocking<{ readonly print: ChangePrinter; readonly dryRun: DryRun }> {
  const dryRun = dryRunOf(session);
  const printer = yield* objectPrinter(session);
  return {
    dryRun,
    print: ({ resource, object, operation, unmarked }) => {
      if (printer !== undefined) session.out(printer(object));
      else session.out(`${objectName(resource, object.metadata?.name ?? '')} ${operation}${unmarked === true ? '' : dryRunMark(dryRun)}\n`);
    },
  };
}
