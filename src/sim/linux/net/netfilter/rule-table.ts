/** The chains of one netfilter table and the changes that iptables makes to them. Evaluates nothing. */
import { ruleText } from './format.ts';
import { BUILT_IN_CHAINS, type Chain, type ChainPolicy, type CountedRule, type Rule, type TableName } from './rule.ts';

/** Why a change was refused, in iptables' terms. */
export type TableProblem = 'no-such-chain' | 'chain-exists' | 'chain-not-empty' | 'chain-in-use' | 'no-such-rule' | 'built-in' | 'loop';

export class RuleTable {
  readonly name: TableName;
  readonly #chainByName = new Map<string, Chain>();
  readonly #references = new Map<string, number>();

  constructor(name: TableName) {
    this.name = name;
    for (const chain of BUILT_IN_CHAINS[name]) this.#chainByName.set(chain, { name: chain, policy: 'ACCEPT', rules: [], packets: 0, bytes: 0 });
  }

  chain(name: string): Chain | undefined {
    return this.#chainByName.get(name);
  }

  /** Built-in chains in the order of their hooks, then the others by name (as the nf_tables variant lists them). */
  chains(): readonly Chain[] {
    const own = [...this.#chainByName.values()].filter((each) => each.policy === undefined);
    own.sort((a, b) => (a.name < b.name ? -1 : 1));
    return [...BUILT_IN_CHAINS[this.name].flatMap((name) => this.#chainByName.get(name) ?? []), ...own];
  }

  /** How many rules jump to `chain`. */
  references(chain: string): number {
    return this.#references.get(chain) ?? 0;
  }

  newChain(name: string): TableProblem | undefined {
    if (this.#chainByName.has(name)) return 'chain-exists';
    this.#chainByName.set(name, { name, policy: undefined, rules: [], packets: 0, bytes: 0 });
    return undefined;
  }

  deleteChain(name: string): TableProblem | undefined {
    const chain = this.#chainByName.get(name);
    if (!chain) return 'no-such-chain';
    if (chain.policy !== undefined) return 'built-in';
    if (chain.rules.length > 0) return 'chain-not-empty';
    if (this.references(name) > 0) return 'chain-in-use';
    this.#chainByName.delete(name);
    return undefined;
  }

  flush(name: string): TableProblem | undefined {
    const chain = this.#chainByName.get(name);
    if (!chain) return 'no-such-chain';
    for (const each of chain.rules) this.#refer(each.rule, -1);
    chain.rules.length = 0;
    return undefined;
  }

  setPolicy(name: string, policy: ChainPolicy): TableProblem | undefined {
    const chain = this.#chainByName.get(name);
    if (!chain) return 'no-such-chain';
    if (chain.policy === undefined) return 'no-such-chain';
    chain.policy = policy;
    return undefined;
  }

  append(name: string, rule: Rule): TableProblem | undefined {
    return this.insert(name, rule, Number.POSITIVE_INFINITY);
  }

  /** @param at 1 is the front, as iptables counts */
  insert(name: string, rule: Rule, at = 1): TableProblem | undefined {
    const chain = this.#chainByName.get(name);
    if (!chain) return 'no-such-chain';
    const { target } = rule;
    if (target.kind === 'jump' || target.kind === 'goto') {
      if (!this.#chainByName.has(target.chain)) return 'no-such-chain';
      if (target.chain === name || this.#leadsTo(target.chain, name)) return 'loop';
    }
    chain.rules.splice(at - 1, 0, { rule, packets: 0, bytes: 0 });
    this.#refer(rule, 1);
    return undefined;
  }

  /** Whether the chain has this very rule. */
  has(name: string, rule: Rule): boolean {
    return this.#position(name, rule) !== undefined;
  }

  /** Deletes by content or by number (1 is the first). */
  delete(name: string, rule: Rule | number): TableProblem | undefined {
    const chain = this.#chainByName.get(name);
    if (!chain) return 'no-such-chain';
    const at = typeof rule === 'number' ? rule - 1 : this.#position(name, rule);
    const found = at === undefined ? undefined : chain.rules[at];
    if (at === undefined || !found) return 'no-such-rule';
    chain.rules.splice(at, 1);
    this.#refer(found.rule, -1);
    return undefined;
  }

  /** Replaces all rules of a chain at once, as iptables-restore does; makes the chain when it is missing. */
  replaceChain(name: string, rules: readonly Rule[]): void {
    if (!this.#chainByName.has(name)) this.newChain(name);
    const chain = this.#chainByName.get(name);
    if (!chain) return;
    // Rules that have not met a packet yet have nothing to pass on.
    const counted = new Map(chain.rules.filter(({ packets }) => packets > 0).map((each) => [ruleText(each.rule), each] as const));
    for (const each of chain.rules) this.#refer(each.rule, -1);
    const next = rules.map((rule): CountedRule => {
      const before = counted.size === 0 ? undefined : counted.get(ruleText(rule));
      return { rule, packets: before?.packets ?? 0, bytes: before?.bytes ?? 0 };
    });
    chain.rules.splice(0, chain.rules.length, ...next);
    for (const rule of rules) this.#refer(rule, 1);
  }

  #position(name: string, rule: Rule): number | undefined {
    const text = ruleText(rule);
    const at = this.#chainByName.get(name)?.rules.findIndex((each) => ruleText(each.rule) === text);
    return at === undefined || at < 0 ? undefined : at;
  }

  #refer(rule: Rule, change: number): void {
    if (rule.target.kind !== 'jump' && rule.target.kind !== 'goto') return;
    this.#references.set(rule.target.chain, this.references(rule.target.chain) + change);
  }

  #leadsTo(from: string, wanted: string): boolean {
    for (const { rule } of this.#chainByName.get(from)?.rules ?? []) {
      if (rule.target.kind !== 'jump' && rule.target.kind !== 'goto') continue;
      if (rule.target.chain === wanted || this.#leadsTo(rule.target.chain, wanted)) return true;
    }
    return false;
  }
}
