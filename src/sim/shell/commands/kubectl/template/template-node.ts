/** What a Go template is made of (text/template/parse, the parts people use with kubectl). Types only. */
export type Operand =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  /** `.a.b`, or `$x.a` when `variable` is set; `$` alone is the variable `$`. */
  | { readonly kind: 'field'; readonly variable: string | undefined; readonly path: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline; readonly path: readonly string[] };

/** Commands from left to right; each gets the one before as its last argument. */
export interface Pipeline {
  readonly declared: readonly string[];
  readonly assigns: boolean;
  readonly commands: readonly (readonly Operand[])[];
}

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'range' | 'with';
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

/** A template that cannot be parsed or run; `at` is the place in it. */
export class TemplateProblem extends Error {
  readonly at: string;
  constructor(message: string, at = '') {
    super(message);
    this.at = at;
  }
}
