/** The lines of a container's log, as the kubelet serves them: whole lines, with times, from a point on, the last few. */
import type { ContainerLog } from '../../../../kube/cri/runtime.ts';
import { microTimeText } from '../../../../kube/apiserver/time-text.ts';

export interface LogLine {
  /** Unix milliseconds. */
  readonly at: number;
  /** With its newline; the last one of an ended container may lack it. */
  readonly text: string;
}

/**
 * @param epoch Unix milliseconds at virtual time 0
 * @param ended whether an unfinished last line counts (the runtime writes whole lines only)
 */
export function logLines(log: ContainerLog, context: { readonly epoch: number; readonly ended: boolean }): readonly LogLine[] {
  const lines: LogLine[] = [];
  const open: Record<'stdout' | 'stderr', { at: number; text: string }> = { stdout: { at: 0, text: '' }, stderr: { at: 0, text: '' } };
  for (const entry of log.entries) {
    const partial = open[entry.stream];
    if (partial.text === '') partial.at = entry.at;
    const pieces = `${partial.text}${entry.text}`.split('\n');
    partial.text = pieces.pop() ?? '';
    for (const [index, piece] of pieces.entries()) lines.push({ at: context.epoch + (index === 0 ? partial.at : entry.at), text: `${piece}\n` });
    if (partial.text !== '' && pieces.length > 0) partial.at = entry.at;
  }
  if (context.ended) for (const { at, text } of [open.stdout, open.stderr]) if (text !== '') lines.push({ at: context.epoch + at, text });
  return lines;
}

/** `2026-11-23T09:41:28.123456000Z `, as --timestamps puts before a line. */
export function timestampOf(line: LogLine): string {
  return `${microTimeText(line.at).slice(0, -1)}000Z `;
}
