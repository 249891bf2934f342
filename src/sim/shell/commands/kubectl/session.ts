/**
 * One run of kubectl: the process, the flags, the chosen cluster, and requests to its API server with the time they
 * take. Knows no subcommand.
 */
import type { ApiServer, RequestOptions } from '../../../kube/apiserver/api-server.ts';
import { impersonated } from '../../../kube/apiserver/authorization.ts';
import { isStatus } from '../../../kube/apiserver/object.ts';
import type { Status } from '../../../kube/api/status.ts';
import { clusterOf } from '../../../kube/cluster.ts';
import type { Cluster } from '../../../kube/cluster.ts';
import { isErrno } from '../../../linux/errno.ts';
import { abandon, connect } from '../../../linux/net/socket-calls.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import { chosenContext, readKubeconfig } from './configuration/kubeconfig.ts';
import type { ChosenContext, Kubeconfig } from './configuration/kubeconfig.ts';
import { Failure, plainFailure, StatusFailure } from './failure.ts';
import type { ErrorSource } from './failure.ts';
import { parseDuration } from './flags.ts';
import type { FlagValues } from './flags.ts';

/** Virtual milliseconds until a request has reached the server, and until its answer is back. */
const THERE = 2;
const BACK = 3;
/** How long kubectl waits for a connection before Go's dialer gives up. */
const DIAL_TIMEOUT = 30_000;

const DISCOVERY_ATTEMPTS = 5;
/** Subcommands that fetch the server's schema before anything else. */
const VALIDATING = new Set(['create', 'apply', 'replace']);
/** Subcommands that know without asking which types there are. */
const WITHOUT_DISCOVERY = new Set(['run', 'version', 'auth', 'cp', 'events', 'drain']);

/** A line as klog writes it, newline included. @param level its first letter */
export function klogLine(session: Session, text: string, level: 'E' | 'W' = 'E'): string {
  const now = new Date(session.wallClock).toISOString();
  return `${level}${now.slice(5, 7)}${now.slice(8, 10)} ${now.slice(11, 23)}000 ${String(session.context.pid).padStart(7)} ${text}\n`;
}

export type DryRun = 'none' | 'client' | 'server';

export class Session {
  readonly context: ProcessContext;
  readonly flags: FlagValues;
  readonly verb: string;
  #config: Kubeconfig | undefined;
  #cluster: Cluster | undefined;
  readonly #warned = new Set<string>();
  /** Virtual time at which --request-timeout ends it; undefined for never. */
  readonly deadline: number | undefined;

  /** @param verb the subcommand, such as `get` */
  constructor(context: ProcessContext, flags: FlagValues, verb: string) {
    this.context = context;
    this.flags = flags;
    this.verb = verb;
    const timeout = flags.text('request-timeout');
    const milliseconds = /^\d+$/.test(timeout) ? Number(timeout) * 1000 : parseDuration(timeout);
    if (milliseconds === undefined && timeout !== '')
      throw new Failure(
        'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
      );
    this.deadline = milliseconds === undefined || milliseconds === 0 ? undefined : context.simulation.now + milliseconds;
  }

  out(text: string): void {
    this.context.out(text);
  }

  err(text: string): void {
    this.context.err(text);
  }

  /** Unix milliseconds of the virtual wall clock. */
  get wallClock(): number {
    return this.context.simulation.wallClock;
  }

  *config(): Blocking<Kubeconfig> {
    this.#config ??= yield* readKubeconfig(this.context, this.flags.text('kubeconfig'));
    return this.#config;
  }

  *chosen(): Blocking<ChosenContext> {
    const config = yield* this.config();
    return chosenContext(config, { context: this.flags.text('context'), server: this.flags.text('server'), cluster: this.flags.text('cluster') });
  }

  /** The namespace that counts, and whether a flag names it. */
  *namespace(): Blocking<{ readonly name: string; readonly explicit: boolean }> {
    const flag = this.flags.text('namespace');
    if (flag !== '') return { name: flag, explicit: true };
    const { namespace } = yield* this.chosen();
    return { name: namespace === '' ? 'default' : namespace, explicit: false };
  }

  /** The cluster behind the configured server, after a real connection to it. Errors: nobody listens there */
  *cluster(): Blocking<Cluster> {
    if (this.#cluster !== undefined) return this.#cluster;
    const { server } = yield* this.chosen();
    const [, host = 'localhost', port = server.startsWith('https') ? '443' : '80'] = /^\w+:\/\/([^:/]+)(?::(\d+))?/.exec(server) ?? [];
    const known = clusterOf(this.context.kernel);
    // Without runtimes there are no static Pods either: such an API server is no process of a simulated machine.
    if (known !== undefined && known.runtimes.size === 0) return (this.#cluster = known);
    const deadline = this.context.simulation.now + DIAL_TIMEOUT;
    const address = host === 'localhost' ? '127.0.0.1' : host;
    const socket = yield* connect(this.context, { address, port: Number(port) }, { deadline });
    if (isErrno(socket)) {
      const reason = socket.code === 'EAGAIN' ? 'i/o timeout' : `connect: ${socket.text.toLowerCase()}`;
      throw this.#unreachable(server, {
        host: `${host}:${port}`,
        dial: `dial tcp ${host === 'localhost' ? '[::1]' : host}:${port}: ${reason}`,
        refused: socket.code === 'ECONNREFUSED',
      });
    }
    abandon(socket);
    if (known === undefined)
      throw this.#unreachable(server, { host: `${host}:${port}`, dial: `dial tcp ${host}:${port}: connect: connection refused`, refused: true });
    return (this.#cluster = known);
  }

  /** What is said when nobody answers: discovery is tried several times, and each attempt is logged. */
  #unreachable(server: string, how: { readonly host: string; readonly dial: string; readonly refused: boolean }): Failure {
    const { verb } = this;
    if (this.flags.list('filename').length > 0 && VALIDATING.has(verb) && !/^(?:false|ignore)$/.test(this.flags.text('validate'))) {
      const [file = ''] = this.flags.list('filename');
      return new Failure(
        `error validating "${file}": error validating data: failed to download openapi: Get "${server}/openapi/v2?timeout=32s": ${how.dial}; if you choose to ignore these errors, turn validation off with --validate=false`,
      );
    }
    if (!WITHOUT_DISCOVERY.has(verb)) {
      const problem = `Get "${server}/api?timeout=32s": ${how.dial}`;
      for (let attempt = 0; attempt < DISCOVERY_ATTEMPTS; attempt++)
        this.err(klogLine(this, `memcache.go:381] "Couldn't get current server API group list" err=${JSON.stringify(problem)}`));
    }
    return plainFailure(
      how.refused
        ? `The connection to the server ${how.host} was refused - did you specify the right host or port?`
        : `Unable to connect to the server: ${how.dial}`,
    );
  }

  *server(): Blocking<ApiServer> {
    return (yield* this.cluster()).apiServer;
  }

  /** Who asks, what to do with warnings. */
  options(dryRun: DryRun = 'none'): RequestOptions {
    const as = this.flags.text('as');
    return {
      ...(as === '' ? {} : { user: impersonated(as, this.flags.list('as-group')) }),
      ...(dryRun === 'server' ? { dryRun: true } : {}),
      warn: (text) => {
        this.warn(text);
      },
    };
  }

  /** `Warning: …`, each text once a run. */
  warn(text: string): void {
    if (this.#warned.has(text)) return;
    this.#warned.add(text);
    this.err(`Warning: ${text}\n`);
  }

  /** Sends one request: its answer, after the time it takes. @param rest.back virtual milliseconds until the answer is here */
  *ask<T>(request: (server: ApiServer, options: RequestOptions) => T, dryRun: DryRun = 'none', rest: { readonly back?: number } = {}): Blocking<T> {
    const server = yield* this.server();
    yield* this.context.sleep(THERE);
    const answer = request(server, this.options(dryRun));
    yield* this.context.sleep(rest.back ?? BACK);
    return answer;
  }

  /** As `ask`, but a refusal is thrown. */
  *demand<T>(
    request: (server: ApiServer, options: RequestOptions) => T | Status,
    rest: { readonly dryRun?: DryRun; readonly source?: ErrorSource } = {},
  ): Blocking<T> {
    const answer = yield* this.ask(request, rest.dryRun);
    if (isStatus(answer)) throw new StatusFailure(answer, rest.source);
    return answer as T;
  }
}

/** The value of --dry-run. Errors: as cmdutil.GetDryRunStrategy words them */
export function dryRunOf(session: Session): DryRun {
  const value = session.flags.text('dry-run');
  switch (value) {
    case '':
    case 'none':
    case 'false':
      return 'none';
    case 'client':
      return 'client';
    case 'server':
      return 'server';
    case 'true':
    case 'unchanged':
      session.err(
        value === 'true'
          ? klogLine(session, 'helpers.go:709] --dry-run=true is deprecated (boolean value) and can be replaced with --dry-run=client.', 'W')
          : klogLine(session, 'helpers.go:737] --dry-run is deprecated and can be replaced with --dry-run=client.', 'W'),
      );
      return 'client';
    default:
      throw new Failure(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
  }
}
