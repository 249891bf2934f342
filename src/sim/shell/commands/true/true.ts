/** true and false: nothing but an exit code. */
import type { Running } from '../../../linux/process/wait.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';

export function* endWith(context: ProcessContext, code: number): Running {
  yield* context.flush();
  return code;
}
