import type { Clock } from '../platform/index.ts';
import type { Membership, Pending, StreamEntry, StreamGroup } from './stream-group.ts';
import { toldClaimed } from './told-outcomes.ts';

export interface LeftEntriesOptions extends Membership {
  readonly entries: Pick<StreamGroup, 'listPending' | 'claim'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** After how long without acknowledgement an entry counts as left by a dead consumer. */
  readonly claimIdleMs: number;
  /** Sends a request; rejects when the consumer is told to stop before its answer. */
  readonly fetch: <T>(request: () => Promise<T>) => Promise<T>;
  readonly handle: (entries: readonly StreamEntry[]) => Promise<void>;
}

const CLAIMED_AT_ONCE = 100;
const LOOK_AGAIN_MS = 1_000;

/** What members of a group were given and have left: it is taken over, and handled. */
export class LeftEntries {
  readonly #options: LeftEntriesOptions;
  #nextLookAt = 0;

  constructor(options: LeftEntriesOptions) {
    this.#options = options;
  }

  /** Until the next look; none is due before. */
  get untilLookMs(): number {
    return this.#nextLookAt - this.#options.clock.nowMs();
  }

  /** Takes over, when it is time, what was not acknowledged for long. */
  async look(streams: readonly string[]): Promise<void> {
    if (this.untilLookMs > 0) return;
    const { claimIdleMs: idleMs, clock } = this.#options;
    const nowMs = clock.nowMs();
    // Should it fail: not at once, or whoever reads would do nothing but fail.
    this.#nextLookAt = nowMs + Math.min(LOOK_AGAIN_MS, idleMs / 2);
    let isMore = false;
    for (const stream of streams) if (await this.#takeIdle(stream)) isMore = true;
    this.#nextLookAt = isMore ? 0 : nowMs + idleMs / 2;
  }

  /** Takes over at once whatever others have of a stream: for who knows that they are no more, or read it no more. */
  async takeFromOthers(stream: string): Promise<void> {
    const { consumer: own, entries, fetch } = this.#options;
    for (let afterId = '0'; ; ) {
      const request = { stream, idleMs: 0, count: CLAIMED_AT_ONCE, afterId };
      const pending = await fetch(() => entries.listPending(request));
      const others = pending.filter(({ consumer }) => consumer !== own);
      await this.#claim(stream, 0, others);
      if (pending.length < CLAIMED_AT_ONCE) return;
      afterId = pending.at(-1)?.id ?? afterId;
    }
  }

  /** Whether there may be more. */
  async #takeIdle(stream: string): Promise<boolean> {
    const { claimIdleMs: idleMs, entries, fetch } = this.#options;
    const pending = await fetch(() => entries.listPending({ stream, idleMs, count: CLAIMED_AT_ONCE }));
    await this.#claim(stream, idleMs, pending);
    return pending.length === CLAIMED_AT_ONCE;
  }

  async #claim(stream: string, idleMs: number, pending: readonly Pending[]): Promise<void> {
    const { group, entries, fetch, handle } = this.#options;
    const ids = pending.map(({ id }) => id);
    const claimed = await fetch(() => entries.claim({ stream, idleMs, ids }));
    await handle(toldClaimed(group, claimed));
  }
}
