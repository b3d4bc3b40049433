import { fixedLayout, type Layout, type Partitioning } from '../events/index.ts';
import type { Clock, Logger } from '../platform/index.ts';

/** What a relay has to know of the streams' readers to change where it publishes to. */
export interface RoutingPorts {
  readonly layout: Layout;
  /**
   * Notes how far all streams go now. What it returns says whether every group of panier's has handled that much.
   */
  readonly standing: () => Promise<() => Promise<boolean>>;
  /** Tells whoever waits for a change by how many partitions this relay publishes from now on. */
  readonly tell: (partitioning: Partitioning) => Promise<void>;
}

/** Streams that have no partitions, and never had. */
export const WITHOUT_PARTITIONS: RoutingPorts = {
  layout: fixedLayout(),
  standing: async () => async () => true,
  tell: async () => {},
};

export interface RoutingParts extends RoutingPorts {
  readonly journal: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** A group that is stuck, or that nobody reads as, may not stop all others. */
export const MOST_WAIT_MS = 1_200;
const LOOK_EVERY_MS = 20;
/** Nor may a server that keeps the word for others. */
const MOST_TELL_MS = 250;

/**
 * By which partitions a lead publishes. It goes over to others when the groups have handled what stands in the streams, so
 * that nothing overtakes; after little more than a second, in any case: nobody is to wait for two. How a predecessor published it does not know: where there
 * ever were partitions, it begins by waiting, too.
 */
export class Routing {
  readonly #parts: RoutingParts;
  #chosen: Partitioning | null;

  constructor(parts: RoutingParts) {
    const now = parts.layout.current();
    this.#parts = parts;
    this.#chosen = now.most === 1 ? now : null;
  }

  /** How the streams are divided for this lead; null before it has found out, or when it was told to stop meanwhile. */
  async next(): Promise<Partitioning | null> {
    const now = this.#parts.layout.current();
    if (this.#chosen?.partitions !== now.partitions) await this.#goOver();
    return this.#chosen;
  }

  /** Again and again: what it told is forgotten soon, as a lead may end without a word. */
  async tell(): Promise<void> {
    const { layout, tell, clock, logger, journal } = this.#parts;
    if (this.#chosen === null || layout.current().most === 1) return;
    const told = tell(this.#chosen).catch((error: unknown) =>
      logger.debug({ error, journal }, 'nobody is told of the partitions'),
    );
    await this.#unlessLate(
      told.then(() => true),
      clock.nowMs() + MOST_TELL_MS,
    );
  }

  async #goOver(): Promise<void> {
    const { layout, clock, signal, logger, journal } = this.#parts;
    const [before, beganAt] = [this.#chosen, clock.nowMs()];
    this.#chosen = null;
    const isReadUp = await this.#readUp(beganAt + MOST_WAIT_MS);
    if (signal.aborted) return;
    // As it is by now: all streams were waited for, whichever of them were to be left.
    this.#chosen = layout.current();
    const { partitions } = this.#chosen;
    const waitedMs = Math.round(clock.nowMs() - beganAt);
    const what = { journal, partitions, before: before?.partitions, waitedMs, isReadUp };
    if (before !== null) logger.info(what, 'The relay publishes to other partitions');
    else logger.debug(what, 'the relay publishes to partitions');
    await this.tell();
  }

  async #readUp(untilMs: number): Promise<boolean> {
    const { standing, clock, signal } = this.#parts;
    let isReadUp: (() => Promise<boolean>) | null = null;
    const look = async (): Promise<boolean> => {
      isReadUp ??= await standing();
      return isReadUp();
    };
    while (!signal.aborted && clock.nowMs() < untilMs) {
      if (await this.#unlessLate(look(), untilMs)) return true;
      await clock.sleep(LOOK_EVERY_MS, signal);
    }
    return false;
  }

  /** A server that does not answer says nothing of whether they are read up. */
  async #unlessLate(look: Promise<boolean>, untilMs: number): Promise<boolean> {
    const { clock, signal, logger, journal } = this.#parts;
    const answered = new AbortController();
    const late = clock.sleep(untilMs - clock.nowMs(), AbortSignal.any([signal, answered.signal])).then(() => false);
    const answer = look.catch((error: unknown) => {
      logger.debug({ error, journal }, 'whether the streams are read up is not known');
      return false;
    });
    const isReadUp = await Promise.race([answer, late]);
    answered.abort();
    return isReadUp;
  }
}
