import { describe, expect, it } from 'vitest';
import {
  decodeEvent,
  learn,
  NOTHING_KNOWN,
  type OrderEvent,
  PRODUCERS,
  type Recorded,
  readOrder,
} from '../../src/events/index.ts';
import { ORDER } from '../../src/read/index.ts';
import { placeOf } from '../../src/saga/index.ts';
import { Random } from '../support/random.ts';
import { EPOCH_MS, seedChance } from './engine/determinism.ts';
import { Scheduler } from './engine/scheduler.ts';
import { Trace } from './engine/trace.ts';
import { violationsOf } from './invariants/index.ts';
import { Client, type Command } from './shop/client.ts';
import { History } from './shop/history.ts';
import { stockShop } from './shop/merchant.ts';
import { STRANGER, sayOf, WORDS } from './shop/stranger.ts';
import { Fleet } from './system/fleet.ts';
import { World } from './system/world.ts';

const CALM = {
  processes: 1,
  shoppers: 0,
  products: 1,
  unitsOfEach: 5_000,
  faults: [],
  faultEveryMs: 1_000,
  links: { database: 0, bus: 0, provider: 0, inventory: 0 },
  keeper: 'Ledger' as const,
  callFaults: 0,
  partitions: 1,
};
const PRODUCT = 'prod_1';
/** Long enough for every deadline to pass, and for what follows from it. */
const REST_MS = 20_000;

interface Speaker {
  readonly word: (typeof WORDS)[number];
  readonly producer: string;
}

/** Every word by a stranger, and in the name of the service whose it is to say. */
const SPEAKERS: readonly Speaker[] = WORDS.flatMap((word) => {
  const owner = word[0].startsWith('Stock') ? PRODUCERS.saga : PRODUCERS.api;
  return [STRANGER, owner].map((producer) => ({ word, producer }));
});

const contextOf = (idempotencyKey: string) => ({ idempotencyKey, traceparent: null, reach: 'Everything' }) as const;

const buy = async (client: Client): Promise<string> => {
  const run = async <T extends { readonly id: string }>(command: Command<T>): Promise<string> => {
    const result = await client.command(command);
    if (!result.ok) throw new Error(result.error.message);
    return result.value.id;
  };
  const newCart = { customerId: null, sessionId: null, currency: 'EUR' };
  const cartId = await run({
    name: 'createCart',
    asked: {},
    run: ({ write }, key) => write.createCart(newCart, contextOf(key)),
  });
  const item = { cartId, productId: PRODUCT, quantity: 2 };
  await run({ name: 'addCartItem', asked: item, run: ({ write }, key) => write.addCartItem(item, contextOf(key)) });
  const order = { cartId, paymentMethod: null };
  return run({ name: 'checkOut', asked: { cartId }, run: ({ write }, key) => write.checkOut(order, contextOf(key)) });
};

/** One shop, in which these are said of an order each while it awaits its payment; at rest. */
const restAfter = async (sayings: readonly (readonly Speaker[])[], seed: number) => {
  const scheduler = new Scheduler(new Random(seed), new Trace({ keepsLines: false }));
  using _chance = seedChance(new Random(seed), () => scheduler.nowMs);
  const world = new World(scheduler, new Random(seed), CALM);
  const fleet = new Fleet(world);
  const parts = { world, fleet, history: new History() };
  world.isHealed = true;
  let orderIds: readonly string[] | null = null;
  const trade = async (): Promise<void> => {
    await stockShop(new Client('merchant', parts), [PRODUCT], world);
    // All at once: the first must not expire before the last is placed.
    orderIds = await Promise.all(sayings.map((_, nth) => buy(new Client(`shopper-${nth}`, parts))));
  };
  void trade();
  const awaits = (id: string): boolean => world.database.tasks.committed.has(`${id} expire`);
  await scheduler.run(() => orderIds?.every(awaits) ?? false);
  for (const [index, orderId] of (orderIds ?? []).entries())
    for (const [nth, { word, producer }] of (sayings[index] ?? []).entries())
      sayOf(world, { orderId, word, producer, occurredAtMs: EPOCH_MS + scheduler.nowMs + nth });
  const untilMs = scheduler.nowMs + REST_MS;
  await scheduler.run(() => scheduler.nowMs > untilMs);
  return { world, orderIds: orderIds ?? [], history: parts.history };
};

type Rested = Awaited<ReturnType<typeof restAfter>>;

/** How write side, ledger and read side have an order. */
const viewsOf = ({ world: { database } }: Rested, orderId: string) => {
  const told = database.write.rowsOf(orderId).map(({ envelope }) => ({ envelope, event: decodeEvent(envelope) }));
  const written = readOrder((told as Recorded<OrderEvent>[]).reduce(learn, NOTHING_KNOWN));
  const row = database.readTable(ORDER).committed.get(orderId);
  const read = readOrder(row?.facts ?? NOTHING_KNOWN);
  const kept = database.reservations.committed.get(orderId);
  const place = kept === undefined ? 'available' : placeOf(kept.reservation);
  return { written, read, place };
};

/** The ledger believes its own journal, not what comes in its name: then the others agree with each other alone. */
const isInLedgersName = ({ producer }: Speaker): boolean => producer === PRODUCERS.saga;

const describeWords = (words: readonly Speaker[]): string =>
  words.map(({ word: [type], producer }) => `${type} of ${producer}`).join(', ');

describe('every pair of words on an order that awaits its payment', () => {
  it.each(SPEAKERS.map((first, index) => [describeWords([first]), first, index] as const))(
    'leaves ledger, write side and read side in agreement, and no order without an end: %s, and any other',
    async (_, first, index) => {
      const pairs = SPEAKERS.map((second) => [first, second]);
      const rested = await restAfter(pairs, index + 1);
      for (const [nth, orderId] of rested.orderIds.entries()) {
        const { written, read, place } = viewsOf(rested, orderId);
        const words = describeWords(pairs[nth] ?? []);
        const seen = [written, read].map(({ status, isOver, held, outcome }) => ({ status, isOver, held, outcome }));
        expect({ words, ...seen[0] }).toEqual({ words, ...seen[1] });
        expect({ words, isOver: read.isOver }).toEqual({ words, isOver: true });
        if ((pairs[nth] ?? []).some(isInLedgersName)) continue;
        expect({ words, place }).toEqual({ words, place: read.outcome === 'Kept' ? 'sold' : 'available' });
      }
    },
  );

  it('of strangers keeps every rule there is', async () => {
    const strangers = SPEAKERS.filter(({ producer }) => producer === STRANGER);
    for (const [index, first] of strangers.entries()) {
      const { world, history } = await restAfter(
        strangers.map((second) => [first, second]),
        index + 1,
      );
      const { database, bus, provider, inventory } = world;
      const followed = new Set([...database.events.committed.values()].map(({ envelope }) => envelope.eventId));
      expect(violationsOf({ database, bus, provider, inventory, history, followed })).toEqual([]);
    }
  });
});
