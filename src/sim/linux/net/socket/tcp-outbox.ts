/** What a TCP connection still has to send: in order, and again by the clock while the network swallows it. */
import type { Simulation, Timer } from '../../../engine/simulation.ts';
import type { PacketBody } from '../packet.ts';

const FIRST_RETRY = 200;
/** About a quarter of an hour of doubling, as with tcp_retries2. */
const LAST_RETRY = 600_000;

export interface OutboxParts {
  readonly simulation: Simulation;
  /** Sends one; tells whether it has arrived. */
  readonly transmit: (body: PacketBody) => boolean;
  /** One has arrived. */
  readonly sent: (body: PacketBody) => void;
  /** The network has been silent for too long. */
  readonly gaveUp: () => void;
}

export class TcpOutbox {
  readonly #parts: OutboxParts;
  readonly #waiting: PacketBody[] = [];
  #retry: Timer | undefined;
  #delay = FIRST_RETRY;
  #stopped = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  add(body: PacketBody): void {
    this.#waiting.push(body);
    if (this.#waiting.length === 1) this.#flush();
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting.length = 0;
    this.#retry?.cancel();
  }

  #flush(): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (!this.#parts.transmit(next)) {
        this.#wait();
        return;
      }
      this.#delay = FIRST_RETRY;
      this.#waiting.shift();
      this.#parts.sent(next);
    }
  }

  #wait(): void {
    if (this.#stopped) return;
    this.#retry = this.#parts.simulation.after(this.#delay, () => {
      this.#delay *= 2;
      if (this.#delay > LAST_RETRY) this.#parts.gaveUp();
      else this.#flush();
    });
  }
}
