/** Errors of the container runtime interface as values. */
import type { CriError } from './runtime.ts';

/** @param code gRPC code name, such as `NotFound` */
export function criError(code: string, message: string): CriError {
  return { kind: 'cri-error', code, message };
}
