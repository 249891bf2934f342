/** What leaves a piece of script before its end: thrown inside the interpreter and caught by the construct that it is meant for. */
export type UnwindReason =
  | { readonly kind: 'break' | 'continue'; readonly levels: number }
  | { readonly kind: 'return' | 'exit'; readonly status: number }
  /** An error that ends a script and brings an interactive shell back to its prompt; its text is already written. */
  | { readonly kind: 'fail'; readonly status: number };

export class Unwind extends Error {
  readonly reason: UnwindReason;
  constructor(reason: UnwindReason) {
    super(reason.kind);
    this.reason = reason;
  }
}
