/** The jobs of one shell: pipelines in the background or stopped, their numbers and their states. Knows no wording. */
import type { Process } from '../../linux/process/process.ts';
import type { ExitStatus } from '../../linux/process/wait.ts';

export interface JobMember {
  readonly pid: number;
  readonly process: Process;
  readonly command: string;
  state: 'running' | 'stopped' | ExitStatus;
}

export interface Job {
  readonly number: number;
  readonly members: readonly JobMember[];
  readonly command: string;
  /** Its process group, when it has one of its own. */
  readonly group: Process | undefined;
  background: boolean;
  /** Whether its present state has been shown. */
  notified: boolean;
  /** Order in which jobs became current. */
  order: number;
}

export type JobState = 'running' | 'stopped' | ExitStatus;

/** The state of the whole: stopped if a member is, over when all are, then with the last one's status. */
export function jobState(job: Job): JobState {
  if (job.members.some((each) => each.state === 'stopped')) return 'stopped';
  if (job.members.some((each) => each.state === 'running')) return 'running';
  return job.members.at(-1)?.state ?? { kind: 'exited', code: 0 };
}

export class JobTable {
  #jobs: Job[] = [];
  readonly #jobByProcess = new Map<Process, Job>();
  #order = 0;
  readonly #byUse: boolean;

  /** @param options.byUse the job that was used last is the current one, as in ash; in bash it is the youngest */
  constructor(options: { readonly byUse: boolean }) {
    this.#byUse = options.byUse;
  }

  add(job: Pick<Job, 'members' | 'command' | 'group' | 'background'>): Job {
    const number = (this.#jobs.at(-1)?.number ?? 0) + 1;
    const added: Job = { ...job, number, notified: true, order: this.#order++ };
    this.#jobs.push(added);
    for (const { process } of job.members) this.#jobByProcess.set(process, added);
    return added;
  }

  /** By number, the lowest first. */
  all(): readonly Job[] {
    return this.#jobs;
  }

  remove(job: Job): void {
    this.#jobs = this.#jobs.filter((each) => each !== job);
    for (const { process } of job.members) this.#jobByProcess.delete(process);
  }

  clear(): void {
    this.#jobs = [];
    this.#jobByProcess.clear();
  }

  touch(job: Job): void {
    job.order = this.#order++;
  }

  /** The job stopped last comes first; of the others the youngest. */
  ranked(): Job[] {
    return this.#jobs.toSorted(
      (a, b) =>
        Number(jobState(b) === 'stopped') - Number(jobState(a) === 'stopped') ||
        (jobState(a) === 'stopped' || this.#byUse ? b.order - a.order : b.number - a.number),
    );
  }

  get current(): Job | undefined {
    return this.ranked()[0];
  }

  get previous(): Job | undefined {
    return this.ranked()[1] ?? this.ranked()[0];
  }

  /** The marks of the current and the previous job, for who shows many. */
  marks(): ReadonlyMap<Job, '+' | '-'> {
    const [current, previous] = this.ranked();
    return new Map([...(current ? [[current, '+'] as const] : []), ...(previous ? [[previous, '-'] as const] : [])]);
  }

  /** `+` for the current, `-` for the previous job. */
  mark(job: Job): '+' | '-' | ' ' {
    return this.marks().get(job) ?? ' ';
  }

  /** `%1`, `%+`, `%%`, `%-`, `%sle`, `%?eep`; undefined when there is none. */
  find(specification: string): Job | undefined {
    const text = specification.replace(/^%/, '');
    if (text === '' || text === '%' || text === '+') return this.current;
    if (text === '-') return this.previous;
    if (/^\d+$/.test(text)) return this.#jobs.find((each) => each.number === Number(text));
    if (text.startsWith('?')) return this.#jobs.find((each) => each.command.includes(text.slice(1)));
    return this.#jobs.find((each) => each.command.startsWith(text));
  }

  memberOf(process: Process): JobMember | undefined {
    return this.#jobByProcess.get(process)?.members.find((member) => member.process === process);
  }

  jobOf(process: Process): Job | undefined {
    return this.#jobByProcess.get(process);
  }
}
