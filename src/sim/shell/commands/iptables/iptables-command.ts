/** iptables and ip6tables 1.8.9 on nf_tables (iptables/xtables.c, nft.c): lists and changes the chains of its network namespace. */
import { listAsCommands } from '../../../linux/net/netfilter/format.ts';
import { listAsTable } from '../../../linux/net/netfilter/format-table.ts';
import { parseRule } from '../../../linux/net/netfilter/parse.ts';
import type { RuleTable, TableProblem } from '../../../linux/net/netfilter/rule-table.ts';
import type { Chain, Rule } from '../../../linux/net/netfilter/rule.ts';
import { reverseHosts } from '../../../linux/net/resolver.ts';
import { capable } from '../../../linux/process/credentials.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { isErrno } from '../../../linux/errno.ts';
import { readRequest, type IptablesRequest } from './read-request.ts';
import { isTableName, tableOf } from './tables.ts';
import { IPTABLES_USAGE } from './usage.ts';

const PROBLEMS: Readonly<Record<TableProblem, string>> = {
  'no-such-chain': 'No chain/target/match by that name.',
  'chain-exists': 'Chain already exists.',
  'chain-not-empty': 'Directory not empty.',
  'chain-in-use': 'Too many links.',
  'no-such-rule': 'Bad rule (does a matching rule exist in that chain?).',
  'built-in': "Invalid argument. Run `dmesg' for more information.",
  loop: 'Too many levels of symbolic links',
};

class Iptables {
  readonly #context: ProcessContext;
  readonly #name: string;
  readonly #request: IptablesRequest;
  readonly #table: RuleTable;

  constructor(context: ProcessContext, options: { readonly name: string; readonly request: IptablesRequest; readonly table: RuleTable }) {
    this.#context = context;
    this.#name = options.name;
    this.#request = options.request;
    this.#table = options.table;
  }

  run(hostName: (address: string) => string | undefined): number {
    const { command, words } = this.#request;
    const [chain = ''] = words;
    switch (command) {
      case 'L':
      case 'S':
        return this.#list(command, words, hostName);
      case 'F':
        return this.#each(words, (name) => this.#table.flush(name));
      case 'X':
        return this.#deleteChains(words);
      case 'Z':
        return this.#each(words, (name) => {
          const found = this.#table.chain(name);
          if (!found) return 'no-such-chain';
          Object.assign(found, { packets: 0, bytes: 0 });
          for (const rule of found.rules) Object.assign(rule, { packets: 0, bytes: 0 });
          return undefined;
        });
      case 'N':
        return this.#answer(this.#table.newChain(chain));
      case 'P': {
        const found = this.#table.chain(chain);
        const [, policy] = words;
        if (!found || found.policy === undefined) return this.#say('Bad built-in chain name.');
        if (policy !== 'ACCEPT' && policy !== 'DROP') return this.#say("Bad policy name. Run `dmesg' for more information.");
        return this.#answer(this.#table.setPolicy(chain, policy));
      }
      case 'E':
        return this.#rename(chain, words[1] ?? '');
      default:
        return this.#changeRule(command, chain, words[1]);
    }
  }

  #list(command: 'L' | 'S', words: readonly string[], hostName: (address: string) => string | undefined): number {
    const [name, number] = words;
    if (number !== undefined && !/^\d+$/.test(number)) return this.#problem(`Invalid rule number \`${number}'`);
    let chains: readonly Chain[] = this.#table.chains();
    if (name !== undefined) {
      const chain = this.#table.chain(name);
      if (!chain) {
        this.#context.err(`${this.#name} v1.8.9 (nf_tables): chain \`${name}' in table \`${this.#request.table}' is incompatible, use 'nft' tool.\n`);
        return 1;
      }
      chains = [number === undefined ? chain : { ...chain, rules: chain.rules.slice(Number(number) - 1, Number(number)) }];
    }
    const { flags } = this.#request;
    if (command === 'S') {
      const text = listAsCommands(chains);
      this.#context.out(
        number === undefined
          ? text
          : text
              .split('\n')
              .filter((line) => line.startsWith('-A'))
              .map((line) => `${line}\n`)
              .join(''),
      );
      return 0;
    }
    const text = listAsTable(chains, {
      numeric: flags.has('n'),
      verbose: flags.has('v'),
      exact: flags.has('x'),
      lineNumbers: flags.has('line-numbers'),
      references: (chain) => this.#table.references(chain),
      hostName,
    });
    this.#context.out(number === undefined ? text : text.split('\n').slice(2).join('\n'));
    return 0;
  }

  #each(words: readonly string[], change: (chain: string) => TableProblem | undefined): number {
    for (const name of words[0] === undefined ? this.#table.chains().map((chain) => chain.name) : [words[0]]) {
      const problem = change(name);
      if (problem) return this.#answer(problem);
    }
    return 0;
  }

  #deleteChains(words: readonly string[]): number {
    const own =
      words[0] === undefined
        ? this.#table
            .chains()
            .filter((chain) => chain.policy === undefined)
            .map((chain) => chain.name)
        : [words[0]];
    for (const name of own) {
      const problem = this.#table.deleteChain(name);
      if (problem === 'chain-not-empty' || problem === 'chain-in-use') {
        this.#context.err(`${this.#name} v1.8.9 (nf_tables):  CHAIN_DEL failed (Device or resource busy): chain ${name}\n`);
        return 4;
      }
      if (problem) return this.#answer(problem);
    }
    return 0;
  }

  #rename(from: string, to: string): number {
    const chain = this.#table.chain(from);
    if (!chain) return this.#answer('no-such-chain');
    const made = this.#table.newChain(to);
    if (made) return this.#say('File exists.');
    for (const { rule } of [...chain.rules]) this.#table.append(to, rule);
    this.#table.flush(from);
    return this.#answer(this.#table.deleteChain(from));
  }

  #changeRule(command: string, chain: string, number: string | undefined): number {
    if (command === 'D' && number !== undefined) {
      const problem = this.#table.delete(chain, Number(number));
      return problem === 'no-such-rule'
        ? this.#say(this.#table.chain(chain) ? 'Index of deletion too big.' : PROBLEMS['no-such-chain'])
        : this.#answer(problem);
    }
    const rule = parseRule(this.#request.rule);
    if (!('matches' in rule)) return this.#problem(ruleProblem(rule.kind, rule.word));
    const jump = this.#missingTarget(rule);
    if (jump !== undefined) return this.#problem(`Chain '${jump}' does not exist`);
    const found = this.#table.chain(chain);
    if (!found) return this.#answer('no-such-chain');
    switch (command) {
      case 'A':
        return this.#added(this.#table.append(chain, rule), 'APPEND', chain);
      case 'I': {
        const at = number === undefined ? 1 : Number(number);
        if (at > found.rules.length + 1) return this.#say('Index of insertion too big.');
        return this.#added(this.#table.insert(chain, rule, at), 'INSERT', chain);
      }
      case 'R': {
        const at = Number(number);
        if (!(at >= 1) || at > found.rules.length) return this.#say('Index of replacement too big.');
        this.#table.delete(chain, at);
        return this.#added(this.#table.insert(chain, rule, at), 'REPLACE', chain);
      }
      case 'C':
        return this.#table.has(chain, rule) ? 0 : this.#answer('no-such-rule');
      default:
        return this.#answer(this.#table.delete(chain, rule));
    }
  }

  #missingTarget(rule: Rule): string | undefined {
    const { target } = rule;
    return (target.kind === 'jump' || target.kind === 'goto') && !this.#table.chain(target.chain) ? target.chain : undefined;
  }

  #added(problem: TableProblem | undefined, verb: string, chain: string): number {
    if (problem !== 'loop') return this.#answer(problem);
    this.#context.err(`${this.#name} v1.8.9 (nf_tables):  RULE_${verb} failed (Too many links): rule in chain ${chain}\n`);
    return 4;
  }

  #answer(problem: TableProblem | undefined): number {
    return problem ? this.#say(PROBLEMS[problem]) : 0;
  }

  #say(text: string): number {
    this.#context.err(`${this.#name}: ${text}\n`);
    return 1;
  }

  #problem(message: string): number {
    this.#context.err(`${this.#name} v1.8.9 (nf_tables): ${message}\nTry \`${this.#name} -h' or '${this.#name} --help' for more information.\n`);
    return 2;
  }
}

function ruleProblem(kind: string, word: string): string {
  switch (kind) {
    case 'unknown-option':
      return `unknown option "${word}"`;
    case 'unknown-match':
      return `Couldn't load match \`${word}':No such file or directory\n`;
    case 'bad-host':
      return `host/network \`${word}' not found`;
    case 'bad-port':
      return `invalid port/service \`${word}' specified`;
    case 'bad-protocol':
      return `unknown protocol "${word}" specified`;
    case 'missing-value':
      return `option "${word}" requires an argument`;
    default:
      return `Bad argument \`${word}'`;
  }
}

function* run(context: ProcessContext, name: string, six: boolean): Running {
  if (context.args.some((word) => word === '-V' || word === '--version')) {
    context.out(`${name} v1.8.9 (nf_tables)\n`);
    return 0;
  }
  if (context.args.some((word) => word === '-h' || word === '--help')) {
    context.out(IPTABLES_USAGE.replaceAll('iptables', name));
    return 0;
  }
  const request = readRequest(context.args, name);
  if (request.kind === 'ending') {
    context.err(request.text);
    return request.code;
  }
  if (!capable(context.process.credentials, 'CAP_NET_ADMIN', context.process.namespaces.net.owner)) {
    context.err(`${name} v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)\n`);
    return 4;
  }
  if (!isTableName(request.table)) {
    context.err(`${name} v1.8.9 (nf_tables): table '${request.table}' does not exist\nPerhaps ${name} or your kernel needs to be upgraded.\n`);
    return 3;
  }
  const hosts = yield* context.readFile('/etc/hosts');
  const text = isErrno(hosts) ? '' : hosts;
  return new Iptables(context, { name, request, table: tableOf(context, request.table, six) }).run((address) => reverseHosts(text, address));
}

export function iptablesCommand(name: string, six: boolean): Command {
  return {
    name,
    suite: 'iptables',
    summary: { zh: '查看或修改包过滤与地址转换规则', en: 'Show or change packet filter and NAT rules' },
    options: ['-t', '-L', '-S', '-n', '-v', '-x', '-A', '-I', '-D', '-C', '-R', '-N', '-X', '-F', '-Z', '-P', '-E', '--line-numbers', '-w'],
    run: (context) => run(context, name, six),
  };
}
