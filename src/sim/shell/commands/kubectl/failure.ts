/**
 * How kubectl fails: thrown by its parts, caught once in kubectl.ts, worded as cmdutil.CheckErr words it
 * (k8s.io/kubectl pkg/cmd/util/helpers.go, v0.37). Knows no command.
 */
import { kubectlErrorText } from '../../../kube/api/status.ts';
import type { Status } from '../../../kube/api/status.ts';

export class Failure extends Error {
  readonly exitCode: number;
  /** What stands alone on stderr, newline included. */
  readonly text: string;

  /** @param text complete, or undefined for `error: <message>` */
  constructor(message: string, options: { readonly text?: string; readonly exitCode?: number } = {}) {
    super(message);
    this.exitCode = options.exitCode ?? 1;
    this.text = options.text ?? `${message.startsWith('error: ') ? '' : 'error: '}${message}${message.endsWith('\n') ? '' : '\n'}`;
  }
}

/** A refused request. */
export class StatusFailure extends Failure {
  readonly status: Status;

  constructor(status: Status, source?: ErrorSource) {
    const told = source === undefined ? status : { ...status, message: `error when ${source.verb} "${source.source}": ${status.message}` };
    super(`Error from server (${status.reason}): ${told.message}`, { text: kubectlErrorText(told) });
    this.status = status;
  }
}

/** What kubectl was doing with which file (AddSourceToErr), such as `creating`. */
export interface ErrorSource {
  readonly verb: string;
  readonly source: string;
}

/** Ends kubectl without a word. */
export function silentFailure(exitCode: number): Failure {
  return new Failure('', { text: '', exitCode });
}

/** Exactly this text (a newline is added when there is none). */
export function plainFailure(text: string, exitCode = 1): Failure {
  return new Failure(text, { text: text.endsWith('\n') ? text : `${text}\n`, exitCode });
}

/** A misuse of a subcommand (cmdutil.UsageErrorf). @param path such as `kubectl get` */
export function usageFailure(path: string, message: string): Failure {
  return new Failure(`${message}\nSee '${path} -h' for help and examples`);
}

/** Several failures as one of many: in brackets (Aggregate's Error). */
export function listed(failures: readonly Failure[]): Failure {
  return plainFailure(`[${failures.map((failure) => failure.message.replace(/\n$/, '')).join(', ')}]`);
}

/** Several failures of one run, one a line; a single one as it is (utilerrors.Aggregate). */
export function combined(failures: readonly Failure[]): Failure | undefined {
  const [first] = failures;
  if (first === undefined || failures.length === 1) return first;
  const lines = failures.map((failure) => (failure instanceof StatusFailure ? failure.message : failure.message.replace(/\n$/, '')));
  return new Failure(lines.join('\n'), { text: `${lines.join('\n')}\n` });
}

/** Runs steps that may each fail, and throws all their failures at the end. */
export class FailureList {
  readonly #failures: Failure[] = [];

  add(failure: unknown): void {
    if (!(failure instanceof Failure)) throw failure;
    this.#failures.push(failure);
  }

  addAll(others: FailureList): void {
    this.#failures.push(...others.#failures);
  }

  get empty(): boolean {
    return this.#failures.length === 0;
  }

  throwAny(): void {
    const failure = combined(this.#failures);
    if (failure !== undefined) throw failure;
  }
}
