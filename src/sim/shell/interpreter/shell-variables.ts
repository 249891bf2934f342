/** The variables of one shell: scalars, Bash arrays, export and readonly marks, and the scopes that `local` opens. Knows nothing of expansion. */
export interface Variable {
  readonly value: string | ReadonlyMap<string, string>;
  readonly exported: boolean;
  readonly readonly: boolean;
  /** `declare -A`; other arrays have numbers as keys. */
  readonly associative?: boolean;
  readonly integer?: boolean;
}

/** All variables of a shell together, in characters. */
const LIMIT = 8_000_000;

export class ShellVariables {
  #variables = new Map<string, Variable | undefined>();
  /** What `local` has hidden, innermost last. */
  readonly #scopes: Map<string, Variable | undefined>[] = [];
  #size = 0;

  /** The variables that came with the environment. */
  static of(env: ReadonlyMap<string, string>): ShellVariables {
    const result = new ShellVariables();
    for (const [name, value] of env) result.#variables.set(name, { value, exported: true, readonly: false });
    return result;
  }

  /** A copy that may go its own way, for a subshell. */
  clone(): ShellVariables {
    const copy = new ShellVariables();
    copy.#variables = new Map(this.#variables);
    copy.#size = this.#size;
    for (const scope of this.#scopes) copy.#scopes.push(new Map(scope));
    return copy;
  }

  find(name: string): Variable | undefined {
    return this.#variables.get(name);
  }

  /** The value as `$name` shows it: of an array its element 0. */
  get(name: string): string | undefined {
    const value = this.#variables.get(name)?.value;
    return typeof value === 'string' || value === undefined ? value : value.get('0');
  }

  /** @returns false when it is readonly or there is no room */
  set(
    name: string,
    value: string | ReadonlyMap<string, string>,
    change: { readonly exported?: boolean; readonly readonly?: boolean; readonly associative?: boolean; readonly integer?: boolean } = {},
  ): boolean {
    const before = this.#variables.get(name);
    if (before?.readonly) return false;
    const size = typeof value === 'string' ? value.length : [...value.values()].reduce((sum, each) => sum + each.length, 0);
    this.#size += size;
    if (this.#size > LIMIT) {
      this.#size = [...this.#variables.values()].reduce((sum, each) => sum + (typeof each?.value === 'string' ? each.value.length : 0), size);
      if (this.#size > LIMIT) return false;
    }
    const element = typeof value === 'string' && before && typeof before.value !== 'string' ? new Map(before.value).set('0', value) : value;
    this.#variables.set(name, {
      value: element,
      exported: change.exported ?? before?.exported ?? false,
      readonly: change.readonly ?? before?.readonly ?? false,
      ...((change.associative ?? before?.associative) ? { associative: true } : {}),
      ...((change.integer ?? before?.integer) ? { integer: true } : {}),
    });
    return true;
  }

  mark(name: string, change: { readonly exported?: boolean; readonly readonly?: boolean }): void {
    const before = this.#variables.get(name);
    if (before) this.#variables.set(name, { ...before, ...change });
    else this.#pending.set(name, { ...this.#pending.get(name), ...change });
  }

  readonly #pending = new Map<string, { readonly exported?: boolean; readonly readonly?: boolean }>();

  /** Names that were exported before they had a value get the mark now. */
  settle(name: string): void {
    const change = this.#pending.get(name);
    const variable = this.#variables.get(name);
    if (!change || !variable) return;
    this.#pending.delete(name);
    this.#variables.set(name, { ...variable, ...change });
  }

  /** @returns false when it is readonly */
  unset(name: string): boolean {
    if (this.#variables.get(name)?.readonly) return false;
    this.#variables.delete(name);
    return true;
  }

  /** Names that have a value, sorted. */
  names(): string[] {
    return [...this.#variables.entries()]
      .filter(([, variable]) => variable !== undefined)
      .map(([name]) => name)
      .sort();
  }

  /** What a child gets: in bash in the order in which the variables were set, in ash and dash by the buckets of their table. */
  environment(order: 'as-set' | 'hashed' = 'as-set'): Map<string, string> {
    const result = new Map<string, string>();
    const names = order === 'as-set' ? [...this.#variables] : [...this.#variables].sort(([a], [b]) => bucketOf(a) - bucketOf(b));
    for (const [name, variable] of names) if (variable?.exported && typeof variable.value === 'string') result.set(name, variable.value);
    return result;
  }

  get inFunction(): boolean {
    return this.#scopes.length > 0;
  }

  openScope(): void {
    this.#scopes.push(new Map());
  }

  closeScope(): void {
    for (const [name, variable] of this.#scopes.pop() ?? []) {
      if (variable) this.#variables.set(name, variable);
      else this.#variables.delete(name);
    }
  }

  /** Hides `name` until the scope closes. */
  makeLocal(name: string): void {
    const scope = this.#scopes.at(-1);
    if (!scope || scope.has(name)) return;
    scope.set(name, this.#variables.get(name));
    this.#variables.delete(name);
  }

  /** Puts a variable back as it was, readonly or not. */
  restore(name: string, variable: Variable | undefined): void {
    if (variable) this.#variables.set(name, variable);
    else this.#variables.delete(name);
  }
}

/** ash.c and dash's var.c hashvar(): the first character sixteen times, and all of them. */
function bucketOf(name: string): number {
  let sum = name.charCodeAt(0) << 4;
  for (let at = 0; at < name.length; at++) sum += name.charCodeAt(at);
  return sum % 39;
}
