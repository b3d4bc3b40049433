import { isDeepStrictEqual } from 'node:util';
import { openLogger } from '../../../src/platform/index.ts';
import { foldCart, foldOrder, openRead } from '../../../src/read/index.ts';
import { askedByAll } from '../../support/reach.ts';
import { auditOn } from '../rows/p5-projector.ts';
import type { Filled } from './filled.ts';
import { idInCopy } from './template.ts';

const SAMPLES = 10;

const sampleOf = ({ template, copies }: Filled): readonly string[] =>
  template.ids.flatMap((id) =>
    Array.from({ length: SAMPLES }, (_, nth) => idInCopy(id, 1 + Math.floor((nth * (copies - 1)) / (SAMPLES - 1)))),
  );

/** @throws unless carts and orders of copies are in the read models just as their events make them */
export const verifySample = async (filled: Filled): Promise<void> => {
  const logger = openLogger('silent');
  await using read = openRead({ db: filled.database.db, redis: filled.servers.redis, logger });
  const audit = auditOn(filled);
  for (const id of sampleOf(filled)) {
    const events = await audit.eventsOf(id);
    const isOrder = id.startsWith('order_');
    const made = isOrder ? foldOrder(events) : foldCart(events);
    const asked = askedByAll(id);
    const [shown] = isOrder ? await read.orders(asked) : await read.carts(asked);
    if (made === null || !isDeepStrictEqual(shown, made))
      throw new Error(`${id} is ${JSON.stringify(shown)}, and its events make ${JSON.stringify(made)}.`);
  }
};
