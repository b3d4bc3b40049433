import type { Redis } from 'ioredis';
import { sleep } from '../../platform/index.ts';
import type { StreamEntry } from '../stream-group.ts';

export interface LaneRequest {
  readonly streams: readonly string[];
  readonly count: number;
}

/** The two ways to read. */
export interface LaneReads {
  readonly now: (redis: Redis, request: LaneRequest) => Promise<readonly StreamEntry[]>;
  readonly waiting: (
    redis: Redis,
    request: LaneRequest & { readonly blockMs: number },
  ) => Promise<readonly StreamEntry[]>;
}

/**
 * A slot lane: what a group reads in one slot, on a connection of its own. One read at a time is under way; what it brings is kept until it
 * is taken, for Redis counts it as delivered.
 */
export class Lane {
  readonly #redis: Redis;
  readonly #reads: LaneReads;
  #underWay: Promise<void> | null = null;
  #arrived: readonly StreamEntry[] = [];
  #failure: Error | null = null;

  constructor(redis: Redis, reads: LaneReads) {
    this.#redis = redis;
    this.#reads = reads;
  }

  get isReading(): boolean {
    return this.#underWay !== null;
  }

  get hasArrived(): boolean {
    return this.#arrived.length > 0 || this.#failure !== null;
  }

  /** Reads what there is. Never rejects: a failure is for who takes. */
  readNow(request: LaneRequest): Promise<void> {
    return this.#underWay ?? this.#begin(this.#reads.now(this.#redis, request));
  }

  /** Reads what comes. Never rejects. */
  wait(request: LaneRequest & { readonly blockMs: number }): Promise<void> {
    return this.#underWay ?? this.#begin(this.#reads.waiting(this.#redis, request));
  }

  /** What has arrived. @throws what the last read failed with */
  take(): readonly StreamEntry[] {
    const [arrived, failure] = [this.#arrived, this.#failure];
    this.forget();
    if (failure !== null) throw failure;
    return arrived;
  }

  /** It stands among the consumer's own pending entries. */
  forget(): void {
    [this.#arrived, this.#failure] = [[], null];
  }

  /** Ends the lane when its read is over, or after so long. What has arrived; what was lost stands among the pending entries. */
  async end(withinMs: number): Promise<readonly StreamEntry[]> {
    const isOver = new AbortController();
    if (this.#underWay !== null) await Promise.race([this.#underWay, sleep(withinMs, isOver.signal)]);
    isOver.abort();
    this.close();
    const arrived = this.#arrived;
    this.forget();
    return arrived;
  }

  close(): void {
    this.#redis.disconnect();
  }

  #begin(read: Promise<readonly StreamEntry[]>): Promise<void> {
    this.#underWay = this.#keep(read);
    return this.#underWay;
  }

  async #keep(read: Promise<readonly StreamEntry[]>): Promise<void> {
    try {
      this.#arrived = [...this.#arrived, ...(await read)];
    } catch (error) {
      this.#failure = error as Error;
    } finally {
      this.#underWay = null;
    }
  }
}
