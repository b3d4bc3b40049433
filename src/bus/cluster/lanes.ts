import type { Redis } from 'ioredis';
import { sleep } from '../../platform/index.ts';
import type { StreamEntry, StreamGroup } from '../stream-group.ts';
import { Lane, type LaneReads } from './lane.ts';
import { placedKey, slotOfKey } from './slots.ts';

interface LanesParts {
  /** A connection for one slot's reads. */
  readonly open: () => Redis;
  readonly read: LaneReads;
  readonly prefix: string;
}

interface Asked {
  readonly lane: Lane;
  readonly streams: readonly string[];
}

/** So long the others' answers are waited for, where one of them has something: what came together is handled together. */
const TOGETHER_MS = 50;

/**
 * What a group reads in a cluster: slot by slot, for no read goes across them, each on a connection of its own, so that none
 * waits behind another (ADR-080).
 */
export class Lanes {
  readonly #parts: LanesParts;
  readonly #lanes = new Map<number, Lane>();

  constructor(parts: LanesParts) {
    this.#parts = parts;
  }

  async readNew({ streams, count, blockMs }: Parameters<StreamGroup['readNew']>[0]): Promise<readonly StreamEntry[]> {
    const asked = this.#lanesOf(streams);
    await this.#readWhatIsThere(asked, count);
    if (blockMs !== null && !asked.some(({ lane }) => lane.hasArrived))
      await Promise.race(asked.map(({ lane, streams: of }) => lane.wait({ streams: of, count, blockMs })));
    return this.#take(asked);
  }

  async leave({ streams, withinMs }: Parameters<StreamGroup['leave']>[0]): Promise<readonly StreamEntry[]> {
    const slots = new Set(streams.map((stream) => this.#slotOf(stream)));
    const left = [...this.#lanes].filter(([slot]) => slots.has(slot));
    const arrived = await Promise.all(left.map(([, lane]) => lane.end(withinMs)));
    for (const [slot] of left) this.#lanes.delete(slot);
    return arrived.flat();
  }

  close(): void {
    for (const lane of this.#lanes.values()) lane.close();
  }

  /** Of a slot that is being waited for, it is known that there is nothing. */
  async #readWhatIsThere(asked: readonly Asked[], count: number): Promise<void> {
    const reads = asked
      .filter(({ lane }) => !lane.isReading)
      .map(({ lane, streams }) => lane.readNow({ streams, count }));
    if (reads.length === 0) return;
    const enough = new AbortController();
    await Promise.race([Promise.all(reads), sleep(TOGETHER_MS, enough.signal)]);
    enough.abort();
  }

  // One that fails leaves nothing to the others: all is read again, as what was delivered before.
  #take(asked: readonly Asked[]): readonly StreamEntry[] {
    try {
      return asked.flatMap(({ lane }) => lane.take());
    } catch (error) {
      for (const lane of this.#lanes.values()) lane.forget();
      throw error;
    }
  }

  #lanesOf(streams: readonly string[]): readonly Asked[] {
    const { open, read } = this.#parts;
    const bySlot = Map.groupBy(streams, (stream) => this.#slotOf(stream));
    // What has arrived of a stream that could not be read any more is read again when it can.
    for (const [slot, lane] of this.#lanes)
      if (!bySlot.has(slot) && !lane.isReading) {
        lane.close();
        this.#lanes.delete(slot);
      }
    return [...bySlot].map(([slot, of]) => {
      const lane = this.#lanes.get(slot) ?? new Lane(open(), read);
      this.#lanes.set(slot, lane);
      return { lane, streams: of };
    });
  }

  #slotOf(stream: string): number {
    const { prefix } = this.#parts;
    return slotOfKey(placedKey(`${prefix}${stream}`, prefix));
  }
}
