/**
 * Lets processes run on virtual time: one slice up to the next block, then a wait until something wakes them (kernel/sched).
 * Knows nothing of how processes begin and what their end means.
 */
import type { Simulation } from '../../engine/simulation.ts';
import { ProcessContext } from './process-context.ts';
import type { Process } from './process.ts';
import type { Request, WakeReason } from './wait.ts';

/** Virtual milliseconds that one run of a program up to its next block takes: keeps endless loops from standing still. */
const SLICE = 0.02;

interface Block {
  readonly cancel: () => void;
  readonly interruptible: boolean;
}

export interface RunQueueHooks {
  /** The program has returned its exit code. */
  readonly returned: (process: Process, code: number) => void;
  /** The program threw: its own bug. */
  readonly faulted: (process: Process, error: unknown) => void;
}

export class RunQueue {
  readonly #simulation: Simulation;
  readonly #hooks: RunQueueHooks;
  readonly #blockByProcess = new Map<Process, Block>();
  /** Wake-ups that came while their process was stopped. */
  readonly #heldBack = new Map<Process, WakeReason>();

  constructor(simulation: Simulation, hooks: RunQueueHooks) {
    this.#simulation = simulation;
    this.#hooks = hooks;
  }

  /** Lets the process run its next slice. */
  schedule(process: Process, reason: WakeReason): void {
    this.#simulation.after(SLICE, () => {
      this.#run(process, reason);
    });
  }

  /** Cuts a blocking call short, as an arriving signal with a handler does. */
  interrupt(process: Process): void {
    const block = this.#blockByProcess.get(process);
    if (!block?.interruptible) return;
    block.cancel();
    this.#blockByProcess.delete(process);
    this.schedule(process, 'signal');
  }

  /** A stopped process goes on where it was. */
  release(process: Process): void {
    const held = this.#heldBack.get(process);
    this.#heldBack.delete(process);
    if (held) this.schedule(process, held);
  }

  /** The process has ended; nothing wakes it any more. */
  forget(process: Process): void {
    this.#blockByProcess.get(process)?.cancel();
    this.#blockByProcess.delete(process);
    this.#heldBack.delete(process);
  }

  #run(process: Process, reason: WakeReason): void {
    const running = process.running;
    if (!running) return;
    if (process.state === 'stopped') {
      this.#heldBack.set(process, reason);
      return;
    }
    process.state = 'running';
    process.cpuTime += SLICE;
    let result: IteratorResult<Request, number>;
    try {
      result = running.next(reason);
    } catch (error) {
      this.#hooks.faulted(process, error);
      return;
    }
    // The slice may have ended the process itself (kill of self), or stopped it.
    if (process.running !== running) return;
    if (result.done) {
      this.#hooks.returned(process, result.value);
      return;
    }
    if ((process.state as Process['state']) === 'running') process.state = 'sleeping';
    this.#obey(process, result.value);
  }

  #obey(process: Process, request: Request): void {
    if (request.kind === 'exec') {
      process.running = request.program(new ProcessContext(process.kernel, process));
      this.schedule(process, 'ready');
      return;
    }
    const withdraw: (() => void)[] = [];
    let settled = false;
    const wake = (reason: WakeReason): void => {
      if (settled) return;
      settled = true;
      for (const each of withdraw) each();
      this.#blockByProcess.delete(process);
      this.schedule(process, reason);
    };
    for (const queue of request.queues)
      withdraw.push(
        queue.add(() => {
          wake('ready');
        }),
      );
    if (request.deadline !== undefined) {
      const timer = this.#simulation.after(request.deadline - this.#simulation.now, () => {
        wake('timeout');
      });
      withdraw.push(() => {
        timer.cancel();
      });
    }
    this.#blockByProcess.set(process, {
      interruptible: request.interruptible !== false,
      cancel: () => {
        settled = true;
        for (const each of withdraw) each();
      },
    });
  }
}
