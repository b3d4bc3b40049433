import type { Db } from '../database/index.ts';
import type { Positions } from '../events/index.ts';
import { eventsAt, eventsFollowing } from '../projection/index.ts';
import type { Backlog } from './backlog.ts';
import { deliveryOf } from './delivery.ts';
import type { Led } from './lane-store.ts';

interface IntakeParts {
  readonly db: Db;
  readonly led: Pick<Led, 'eventTypes' | 'head' | 'owed'>;
  readonly backlog: Backlog;
  readonly onRead: () => void;
  readonly onFailure: (error: unknown) => void;
}

const READ_PER_SLOT = 16;

/** Reads into a backlog what the event store holds for an endpoint, as there is room: one read at a time. */
export class Intake {
  readonly #parts: IntakeParts;
  #seenTo: Positions;
  #mayBeMore = true;
  #isReading = false;
  #hasOwed: boolean;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#seenTo = parts.led.head;
    this.#hasOwed = parts.led.owed.length > 0;
  }

  /** Up to where the event store was read. */
  get seenTo(): Positions {
    return this.#seenTo;
  }

  /** There may be something new. */
  wake(): void {
    this.#mayBeMore = true;
  }

  /** For so many that may be under way at once. */
  fill(allowed: number): void {
    const { backlog, onRead, onFailure } = this.#parts;
    if (this.#isReading || !this.#mayBeMore || !backlog.hasRoomFor(allowed)) return;
    this.#isReading = true;
    this.#mayBeMore = false;
    const read = this.#hasOwed ? this.#readOwed() : this.#readOn(allowed * READ_PER_SLOT);
    const settled = (): void => {
      this.#isReading = false;
    };
    read.finally(settled).then(onRead, onFailure);
  }

  /** What was owed when the endpoint was taken up, before anything newer. */
  async #readOwed(): Promise<void> {
    const { db, led, backlog } = this.#parts;
    const owed = new Map(led.owed.map((each) => [each.position, each]));
    for (const followed of await eventsAt(db, [...owed.keys()]))
      backlog.add(deliveryOf(followed, owed.get(followed.position)));
    this.#hasOwed = false;
    this.#mayBeMore = true;
  }

  async #readOn(limit: number): Promise<void> {
    const { db, led, backlog } = this.#parts;
    const after = this.#seenTo;
    const { events, to, goesOn } = await eventsFollowing(db, { after, types: led.eventTypes, limit });
    for (const followed of events) backlog.add(deliveryOf(followed));
    this.#seenTo = to;
    if (goesOn) this.#mayBeMore = true;
  }
}
