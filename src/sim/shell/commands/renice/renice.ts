/** What both families of renice share: setpriority(2) on processes. */
import { errno, type Errno } from '../../../linux/errno.ts';
import { capable } from '../../../linux/process/credentials.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Process } from '../../../linux/process/process.ts';

/** @returns EPERM for others' processes, EACCES for more priority without CAP_SYS_NICE */
export function setNice(context: ProcessContext, process: Process, nice: number): Errno | undefined {
  const { credentials } = context.process;
  const may = capable(credentials, 'CAP_SYS_NICE', process.credentials.user);
  if (credentials.uid !== process.credentials.uid && !may) return errno('EPERM');
  const wanted = Math.max(-20, Math.min(19, nice));
  if (wanted < process.nice && !may) return errno('EACCES');
  process.nice = wanted;
  return undefined;
}
