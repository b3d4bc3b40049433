import { newId, PRODUCERS } from '../../../src/events/index.ts';
import { openLogger } from '../../../src/platform/index.ts';
import { openSimulatedProvider, openWrite, type Write } from '../../../src/write/index.ts';
import { openBareAppend } from '../limits/bare-append.ts';
import { type Contestant, perSecond, type Row, runClosedLoop } from '../measure/index.ts';
import { type OwnStore, openOwnStore } from '../stage/index.ts';

const IN_FLIGHT = 256;
const GOAL = 0.7;
/** Well below what one cart takes. */
const CHANGES_A_CART = 500;
const OPERATOR = { idempotencyKey: null, traceparent: null, reach: 'Everything' } as const;

const PANIER = 'panier';
const BARE = 'bare append, one batch at a time';
const BARE_TWO = 'bare append, two batches at a time';

interface Cart {
  readonly id: string;
  readonly changes: number;
}

/** Adds to one cart after the other; no cart is in two hands. */
const openShopping = (write: Write, productId: string) => {
  const idle: Cart[] = [];
  const newCart = async (): Promise<Cart> => {
    const created = await write.createCart({ customerId: null, sessionId: null, currency: 'EUR' }, OPERATOR);
    if (!created.ok) throw new Error(created.error.message);
    return { id: created.value.id, changes: 0 };
  };
  return async (): Promise<void> => {
    const cart = idle.pop() ?? (await newCart());
    const added = await write.addCartItem({ cartId: cart.id, productId, quantity: 1 }, OPERATOR);
    if (!added.ok) throw new Error(added.error.message);
    if (cart.changes + 1 < CHANGES_A_CART) idle.push({ id: cart.id, changes: cart.changes + 1 });
  };
};

const verify = async ({ database }: OwnStore, acknowledged: number): Promise<void> => {
  const { rows } = await database.pool.query<{ added: string; queued: string; events: string; broken: string }>(`
    select count(*) as events, count(*) filter (where type in ('CartItemAdded', 'CartItemQuantityChanged')) as added,
      (select count(*) from write.outbox) as queued,
      (select count(*) from (
        select from write.journal group by aggregate_id having max(sequence) <> count(*) or min(sequence) <> 1
      ) gap) as broken
    from write.journal`);
  const [found] = rows;
  const isRight = Number(found?.added) === acknowledged && found?.queued === found?.events && found?.broken === '0';
  if (!isRight) throw new Error(`${acknowledged} were acknowledged, but the journal holds ${JSON.stringify(found)}.`);
};

const openPanier = async (): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openOwnStore());
  const { database } = store;
  const writer = { producer: PRODUCERS.api, producerInstance: `${PRODUCERS.api}-1` };
  const write = openWrite({
    provider: openSimulatedProvider,
    database,
    writer,
    logger: openLogger('silent'),
    onCommit: () => {},
    stockOf: async () => null,
  });
  const productId = newId('Product');
  await write.upsertProduct({ id: productId, name: 'Camera', price: '10.50', currency: 'EUR' }, OPERATOR);
  const operate = openShopping(write, productId);
  let acknowledged = 0;
  const opened = opening.move();
  return {
    name: PANIER,
    round: async (seconds) => {
      const used = store.meter();
      const done = await runClosedLoop({ inFlight: IN_FLIGHT, seconds, operate });
      acknowledged += done.operations;
      return { ...done, cpuMicros: used() };
    },
    verify: () => verify(store, acknowledged),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

export const p3 = (): Row => ({
  id: 'P3',
  title: 'Commands without HTTP, 256 in flight',
  goal: `≥ ${GOAL} of the bare batched append with outbox`,
  contestants: [openPanier, () => openBareAppend(BARE, 1), () => openBareAppend(BARE_TWO, 2)],
  judge: (results) => {
    const [panier, bare, two] = [PANIER, BARE, BARE_TWO].map((name) => perSecond(results.get(name) ?? []).median);
    const ratio = (panier ?? 0) / (bare ?? 1);
    return {
      measured: `${panier?.toFixed(0)} commands/s`,
      limit: `${bare?.toFixed(0)} /s one batch at a time, ${two?.toFixed(0)} /s two`,
      ratio,
      met: ratio >= GOAL,
    };
  },
});
