import type { Tx } from '../database/index.ts';
import type { Recorded } from '../events/index.ts';
import type { Logger } from '../platform/index.ts';
import type { StoredRecorded } from './stored-event.ts';

/** The ids of what a batch changed in the read models. */
export interface Changes {
  readonly carts: readonly string[];
  readonly orders: readonly string[];
  readonly products: readonly string[];
}

/** What the events with positions above `after`, up to `position`, changed. */
export interface Announcement extends Changes {
  readonly after: bigint;
  readonly position: bigint;
}

export type Announce = (announcement: Announcement) => Promise<void>;

/** What a fold changed, and the writing of it, which need not be waited for: the commit tells whether it went well. */
export interface Folded {
  readonly changes: Changes;
  readonly written: Promise<unknown>;
}

/** Folds events that are new to the event store, in its order. It refuses none: a recorded event is a fact. */
export type Fold = (events: readonly StoredRecorded[]) => Promise<Folded>;

/** A batch of which some may turn out to be known, and the position below which everything was stored before it. */
export interface Upcoming {
  readonly batch: readonly Recorded[];
  readonly below: bigint;
}

/** Above all positions: everything that is stored when it is asked for. */
export const EVERYTHING = 2n ** 63n - 1n;

/**
 * Builds a read model. `prepare` asks at once for what a batch may concern; its fold is called once, and never gets an
 * event that another fold got. From the first question to the last write no other batch is at work.
 */
export interface Projection<T = Tx> {
  readonly name: string;
  readonly prepare: (tx: T, upcoming: Upcoming) => Promise<Fold>;
}

/** Prepares all read models for a batch. */
export const prepareAll = async <T>(
  tx: T,
  projections: readonly Projection<T>[],
  upcoming: Upcoming,
): Promise<Fold> => {
  const folds = await Promise.all(projections.map(({ prepare }) => prepare(tx, upcoming)));
  return async (events) => {
    const all = await Promise.all(folds.map((fold) => fold(events)));
    const changes = all.map((each) => each.changes);
    const written = Promise.all(all.map((each) => each.written));
    written.catch(() => {});
    return {
      changes: {
        carts: changes.flatMap(({ carts }) => carts),
        orders: changes.flatMap(({ orders }) => orders),
        products: changes.flatMap(({ products }) => products),
      },
      written,
    };
  };
};

/** Announces what was committed. Whoever misses it finds it in the event store, so a failure is no failure. */
export const announceCommitted = (announce: Announce, logger: Logger, announcement: Announcement): void => {
  announce(announcement).catch((error: unknown) => {
    logger.debug({ error, position: String(announcement.position) }, 'changes not announced');
  });
};
