import type { Redis } from 'ioredis';
import type { Database } from '../database/index.ts';
import { type Logger, repeat, systemClock } from '../platform/index.ts';
import { KnownRevocations, type Revocations } from './revocations.ts';
import { openTickets, type Tickets } from './tickets.ts';
import { VisitKeys } from './visit-keys.ts';
import { openVisits, type Visits } from './visits.ts';

/** What a gateway knows of who may come in; disposal stops asking for more. */
export interface Access {
  readonly visits: Visits;
  readonly revocations: Revocations;
  readonly tickets: Tickets;
}

interface Parts {
  /** Of those who command. */
  readonly database: Database;
  readonly redis: Redis;
  readonly logger: Logger;
}

/** Twice a second: a revocation is known to every process within one. */
const REFRESH_MS = 500;
const FORGET_MS = 3_600_000;

/** Says once that the news stay away, and once that they are back. */
const tellOnce = (logger: Logger, refresh: () => Promise<void>) => {
  let isAway = false;
  return {
    round: async (): Promise<void> => {
      await refresh();
      if (isAway) logger.warn('Revocations are asked for again');
      isAway = false;
    },
    onFailure: (error: unknown): void => {
      if (!isAway) logger.warn({ error }, 'Revocations cannot be asked for: those that are known stay in force');
      isAway = true;
    },
  };
};

/** Knows keys and revocations when it resolves, and asks for new ones twice a second from then on. */
export const openAccess = async ({ database, redis, logger }: Parts): Promise<Access & AsyncDisposable> => {
  const [keys, revocations] = [new VisitKeys(database), new KnownRevocations(database)];
  const refresh = async (): Promise<void> => void (await Promise.all([keys.refresh(), revocations.refresh()]));
  const forget = async (): Promise<void> => void (await Promise.all([keys.forget(), revocations.forget()]));
  await refresh();
  const postponed = (error: unknown): void => logger.debug({ error }, 'Forgetting keys and revocations is put off');
  await forget().catch(postponed);
  await using opening = new AsyncDisposableStack();
  const { round, onFailure } = tellOnce(logger, refresh);
  opening.use(repeat(round, { everyMs: REFRESH_MS, clock: systemClock, onFailure }));
  opening.use(repeat(forget, { everyMs: FORGET_MS, clock: systemClock, onFailure: postponed }));
  const opened = opening.move();
  return {
    visits: openVisits(keys),
    revocations,
    tickets: openTickets(redis, keys),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
