import type { Delivery } from './delivery.ts';
import type { Pace } from './pace.ts';
import { Queue } from './queue.ts';

const MAX_DELIVERIES = 1_000;
const MAX_BYTES = 4_194_304;
/** Ready for each that may be under way: with fewer more is read. A dead endpoint has nothing read for it that it does not take. */
const READY_PER_SLOT = 4;
/** A dead endpoint is tried with new events until so many failed: were it a few events alone, another would go through. */
const MANY_FAILED = 16;

/** How much is read and not delivered. */
export interface Waiting {
  readonly events: number;
  /** When the oldest of them happened; null: there is none. */
  readonly oldestAtMs: number | null;
}

/** What is read and not delivered: what is ready, what failed and waits for its time, and what waits behind either. */
export class Backlog {
  readonly #queue = new Queue<Delivery>();
  readonly #failed = new Set<Delivery>();
  #bytes = 0;

  /** In the order in which they were read. */
  get unfinished(): readonly Delivery[] {
    return [...this.#queue.items];
  }

  get waiting(): Waiting {
    const [first] = this.#queue.items;
    const oldestAtMs = first === undefined ? null : Date.parse(first.followed.envelope.occurredAt);
    return { events: this.#queue.size, oldestAtMs };
  }

  get isEmpty(): boolean {
    return this.#queue.size === 0;
  }

  get hasFailed(): boolean {
    return this.#failed.size > 0;
  }

  hasRoomFor(allowed: number): boolean {
    return (
      this.#queue.readyCount < allowed * READY_PER_SLOT && this.#queue.size < MAX_DELIVERIES && this.#bytes < MAX_BYTES
    );
  }

  add(delivery: Delivery): void {
    this.#bytes += delivery.followed.bytes;
    this.#queue.add(delivery);
  }

  /** What to try next; undefined when nothing may be tried now. */
  next(pace: Pick<Pace, 'isOpen'>, nowMs: number): Delivery | undefined {
    if (pace.isOpen) return this.#failed.size < MANY_FAILED ? (this.#queue.take() ?? this.#retake()) : this.#retake();
    const due = this.#firstDue();
    return due !== undefined && due.dueAtMs <= nowMs ? this.#again(due) : this.#queue.take();
  }

  /** Delivered, or given up: those behind it may come. */
  done(delivery: Delivery): void {
    this.#bytes -= delivery.followed.bytes;
    this.#queue.done(delivery);
  }

  /** It waits until it is due, and those behind it with it. */
  wait(delivery: Delivery): void {
    this.#failed.add(delivery);
  }

  /** The endpoint is back: nothing waits any longer. */
  hurry(): void {
    for (const delivery of this.#failed) delivery.dueAtMs = 0;
  }

  /** When the first of those that failed is due; null when none did. */
  get dueAtMs(): number | null {
    return this.#firstDue()?.dueAtMs ?? null;
  }

  #firstDue(): Delivery | undefined {
    let first: Delivery | undefined;
    for (const each of this.#failed) if (first === undefined || each.dueAtMs < first.dueAtMs) first = each;
    return first;
  }

  #retake(): Delivery | undefined {
    const due = this.#firstDue();
    return due === undefined ? this.#queue.take() : this.#again(due);
  }

  #again(delivery: Delivery): Delivery {
    this.#failed.delete(delivery);
    return delivery;
  }
}
