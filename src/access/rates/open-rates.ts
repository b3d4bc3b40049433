import type { Redis } from 'ioredis';
import { assertNever, type Clock, type RateLimits, systemClock } from '../../platform/index.ts';
import type { Viewer } from '../viewer.ts';
import { viewerKey } from '../viewer-key.ts';
import { addressKey } from './address-key.ts';
import { openLedger } from './ledger.ts';
import { Meter } from './meter.ts';

/** What an operation counts as: points as its answer may be large, commands and sign-ups as it has of them. */
export interface Weight {
  readonly points: number;
  readonly commands: number;
  readonly visits: number;
}

/** Who runs an operation, and from where. */
export interface Runner {
  readonly viewer: Viewer;
  readonly address: string;
}

/** How often one may ask. Each answers with 0, or with the seconds to wait; none of them waits. */
export interface Rates {
  /** A request, an upgrade or a message, before anything is read of it. */
  readonly arrive: (address: string) => number;
  /** An operation that is about to run, and has arrived before. */
  readonly run: (runner: Runner, weight: Weight) => number;
}

interface RatesParts {
  readonly limits: RateLimits;
  readonly redis: Redis | null;
  readonly clock?: Clock;
}

type Meters = Readonly<Record<keyof RateLimits, Meter>>;

const metersOf = ({ limits, redis, clock = systemClock }: RatesParts): Meters =>
  Object.fromEntries(
    Object.entries(limits).map(([name, limit]) => [
      name,
      new Meter({ limit, clock, spend: openLedger({ name, limit, redis }) }),
    ]),
  ) as Meters;

interface OfViewer {
  readonly all: Meter;
  readonly commands: Meter;
}

const metersFor = (meters: Meters, { kind }: Viewer): OfViewer => {
  switch (kind) {
    case 'Service':
      return { all: meters.service, commands: meters.serviceCommands };
    case 'Operator':
      return { all: meters.operator, commands: meters.operatorCommands };
    case 'Nobody':
    case 'Visitor':
    case 'Customer':
      return { all: meters.customer, commands: meters.customerCommands };
  }
  return assertNever(kind);
};

const takeByName = (meters: Meters, viewer: Viewer, { points, commands }: Weight): number => {
  const key = viewerKey(viewer);
  if (key === null) return 0;
  const { all, commands: ofCommands } = metersFor(meters, viewer);
  return all.take(key, points) || ofCommands.take(key, commands);
};

const run = (meters: Meters, { viewer, address }: Runner, weight: Weight): number => {
  const from = addressKey(address);
  return (
    takeByName(meters, viewer, weight) ||
    // One point was counted when it arrived.
    meters.address.take(from, weight.points - 1) ||
    meters.addressCommands.take(from, weight.commands) ||
    meters.addressVisits.take(from, weight.visits)
  );
};

/** Counts by the minute, in Redis for all processes together. */
export const openRates = (parts: RatesParts): Rates => {
  const meters = metersOf(parts);
  return {
    arrive: (address) => meters.address.take(addressKey(address), 1),
    run: (runner, weight) => run(meters, runner, weight),
  };
};
