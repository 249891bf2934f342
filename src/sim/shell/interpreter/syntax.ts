/** The syntax tree that the interpreter walks: what the shells of this world have in common. Knows neither the parser nor how anything is run. */
export interface Word {
  readonly parts: readonly WordPart[];
  /** As it was typed. */
  readonly source: string;
  /** How many words its braces stand for, where that is more than there is room for. */
  readonly tooMany?: number;
}

export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | ParameterPart
  | { readonly kind: 'command'; readonly script: Script; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean }
  | { readonly kind: 'process'; readonly direction: '<' | '>'; readonly script: Script };

export interface ParameterPart {
  readonly kind: 'parameter';
  readonly name: string;
  /** `${#x}` or `${!x}`. */
  readonly prefix: '#' | '!' | undefined;
  readonly index: Word | undefined;
  readonly operation: ParameterOperation | undefined;
  readonly quoted: boolean;
  readonly source: string;
}

export type ParameterOperation =
  | { readonly kind: 'default'; readonly operator: '-' | '=' | '+' | '?'; readonly colon: boolean; readonly operand: Word }
  | { readonly kind: 'remove'; readonly operator: '#' | '##' | '%' | '%%'; readonly operand: Word }
  | { readonly kind: 'replace'; readonly operator: '/' | '//' | '/#' | '/%'; readonly pattern: Word; readonly replacement: Word }
  | { readonly kind: 'slice'; readonly offset: Word; readonly length: Word | undefined }
  | { readonly kind: 'case'; readonly operator: '^' | '^^' | ',' | ',,' }
  | { readonly kind: 'transform'; readonly operator: string }
  | { readonly kind: 'names' }
  | { readonly kind: 'bad' };

export interface Assignment {
  readonly name: string;
  readonly append: boolean;
  readonly index: Word | undefined;
  readonly value: Word | readonly Word[];
  readonly source: string;
}

export interface Redirection {
  readonly fd: number | undefined;
  readonly operator: '>' | '>>' | '<' | '<>' | '<&' | '>&' | '>|' | '&>' | '&>>' | '<<' | '<<<';
  /** The file, descriptor or text; for a here-document its body. */
  readonly target: Word;
}

export type Command =
  | SimpleCommand
  | {
      readonly kind: 'pipeline';
      readonly commands: readonly Command[];
      readonly withErrors: readonly boolean[];
      readonly negated: boolean;
      readonly timed: 'bash' | 'posix' | undefined;
      readonly source: string;
    }
  | {
      readonly kind: 'and-or';
      readonly first: Command;
      readonly rest: readonly { readonly operator: '&&' | '||'; readonly command: Command }[];
      readonly source: string;
    }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly condition: List; readonly body: List }[];
      readonly otherwise: List | undefined;
      readonly source: string;
    }
  | { readonly kind: 'for'; readonly name: string; readonly words: readonly Word[] | undefined; readonly body: List; readonly source: string }
  | { readonly kind: 'select'; readonly name: string; readonly words: readonly Word[] | undefined; readonly body: List; readonly source: string }
  | { readonly kind: 'counting-for'; readonly start: Word; readonly test: Word; readonly step: Word; readonly body: List; readonly source: string }
  | { readonly kind: 'while'; readonly until: boolean; readonly condition: List; readonly body: List; readonly source: string }
  | {
      readonly kind: 'case';
      readonly word: Word;
      readonly items: readonly { readonly patterns: readonly Word[]; readonly body: List; readonly end: ';;' | ';&' | ';;&' }[];
      readonly source: string;
    }
  | { readonly kind: 'subshell'; readonly body: List; readonly source: string }
  | { readonly kind: 'group'; readonly body: List; readonly source: string }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command; readonly source: string }
  | { readonly kind: 'redirected'; readonly command: Command; readonly redirections: readonly Redirection[]; readonly source: string }
  | { readonly kind: 'test'; readonly expression: TestExpression; readonly source: string }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly source: string };

export interface SimpleCommand {
  readonly kind: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
  readonly line: number;
  readonly source: string;
  /** Behind `command` and `builtin`. */
  readonly withoutFunctions?: boolean;
}

/** `[[ … ]]` */
export type TestExpression =
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Word }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Word; readonly right: Word }
  | { readonly kind: 'logical'; readonly operator: '&&' | '||'; readonly operands: readonly TestExpression[] }
  | { readonly kind: 'not'; readonly operand: TestExpression };

export interface Statement {
  readonly command: Command;
  readonly background: boolean;
  /** Without the terminator. */
  readonly source: string;
  readonly line: number;
}

export type List = readonly Statement[];

/** Why a text is not a whole script. Each shell words it in its own way. */
export type SyntaxProblem =
  /** The text ends inside a quote, a substitution or a here-document: more lines could complete it. */
  | { readonly kind: 'unclosed'; readonly mark: '"' | "'" | '`' | ')' | '}' | 'here-document'; readonly line: number }
  /** The text ends inside a compound command. */
  | { readonly kind: 'unfinished'; readonly expecting: string | undefined; readonly line: number }
  | { readonly kind: 'unexpected'; readonly token: string; readonly expecting: string | undefined; readonly line: number; readonly text: string };

export interface Script {
  /** With a problem: the statements of the lines before it. */
  readonly statements: List;
  readonly problem: SyntaxProblem | undefined;
  /** Delimiters of here-documents that the end of the text closed. */
  readonly openHereDocuments: readonly { readonly delimiter: string; readonly line: number }[];
}

/** A word that is this text and nothing else. */
export function literalWord(text: string): Word {
  return { parts: [{ kind: 'text', text, quoted: true }], source: text };
}
