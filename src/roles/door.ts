import { type Access, type Gate, openAccess, openRates, type PageSignIn, type Rates } from '../access/index.ts';
import { openEntrance, type Probed } from '../startup/index.ts';
import type { Parts } from './parts.ts';

/** Who comes in, and how often: the same for all roles of a process that answer. */
export interface Door extends Probed {
  readonly access: Access;
  readonly gate: Gate;
  readonly page: PageSignIn | null;
  readonly rates: Rates;
}

interface DoorParts extends Parts {
  readonly probed: Probed;
}

const open = async ({ config, logger, stores, probed }: DoorParts, started: AsyncDisposableStack): Promise<Door> => {
  const redis = stores.redis.gateway;
  const access = started.use(await openAccess({ database: stores.access, redis, logger }));
  const { gate, page } = started.use(openEntrance({ config: config.tokens, access, logger }));
  const rates = openRates({ limits: config.rateLimits, redis });
  return { access, gate, page, rates, ...probed };
};

/** Opened for whoever asks first, and handed to the stack. */
export const openDoorOnce = (parts: DoorParts, started: AsyncDisposableStack): (() => Promise<Door>) => {
  let door: Promise<Door> | null = null;
  return () => (door ??= open(parts, started));
};
