import type { PoolClient } from 'pg';
import type { BareBus } from './bus.ts';
import type { BareEvent, Life } from './life.ts';
import * as models from './models.ts';
import { run } from './rows.ts';
import { SHOW_STOCK, STORE, unitsOf } from './statements.ts';

interface Storing {
  readonly client: PoolClient;
  readonly bus: BareBus;
}

type Known = Omit<models.Known, 'life'>;
type Write = (positions: readonly string[]) => readonly Promise<unknown>[];

/** As the event store does: one transaction with what is new and what it changes, then word of it. */
const store = async ({ client, bus }: Storing, events: readonly BareEvent[], write: Write): Promise<void> => {
  const taken = await bus.take('audit');
  if (taken !== events.length) throw new Error(`${taken} entries came, not ${events.length}.`);
  const begun = client.query({ name: 'begin', text: 'begin' });
  const [{ rows }] = await Promise.all([run(client, STORE, events), begun]);
  const positions = rows.map(({ position }) => position);
  await Promise.all([...write(positions), client.query({ name: 'commit', text: 'commit' })]);
  await bus.announce(positions.at(-1) ?? '');
};

const filledTo = (lives: readonly Life[], items: number, version: number): readonly models.Filled[] =>
  lives.map((life) => ({ life, items, version }));

const changeCarts = (client: PoolClient, carts: readonly models.Filled[]): readonly Promise<unknown>[] => [
  run(client, models.CHANGE_CART, carts),
  run(client, models.CHANGE_ACTIVITY, carts),
];

const created = (storing: Storing, lives: readonly Life[]): Promise<void> => {
  const { client } = storing;
  const carts = filledTo(lives, 0, 1);
  const events = lives.map((life) => life.created);
  return store(storing, events, () => [run(client, models.SHOW_CART, carts), run(client, models.SHOW_ACTIVITY, carts)]);
};

const filled = (storing: Storing, lives: readonly Life[]): Promise<void> => {
  const { client } = storing;
  const events = lives.flatMap(({ firstAdded, secondAdded }) => [firstAdded, secondAdded]);
  return store(storing, events, () => [
    ...changeCarts(client, filledTo(lives, 2, 3)),
    run(client, models.SHOW_CART_PRODUCTS, models.linesOf(lives)),
  ]);
};

const knownAs = (lives: readonly Life[], known: Known): readonly models.Known[] =>
  lives.map((life) => ({ life, ...known }));

/** A step of each order for each of its events: the `nth` of them of each order stands there among the positions. */
const stepsOf = (
  lives: readonly Life[],
  positions: readonly string[],
  steps: readonly (readonly [nth: number, revision: number, status: string])[],
): readonly models.Step[] => {
  const eventsEach = positions.length / lives.length;
  return lives.flatMap(({ orderId }, place) =>
    steps.map(([nth, revision, status]) => ({
      orderId,
      revision,
      status,
      position: positions[place * eventsEach + nth] ?? '',
    })),
  );
};

const ended = (client: PoolClient, lives: readonly Life[], happened: string): readonly Promise<unknown>[] => [
  run(client, models.COUNT_ORDERS, models.countsOf(happened, lives.length)),
  run(client, models.TALLY, models.talliesOf(happened, lives.length)),
];

const ordered = (storing: Storing, lives: readonly Life[]): Promise<void> => {
  const { client } = storing;
  const events = lives.flatMap((life) => [life.checkedOut, life.ordered]);
  const orders = knownAs(lives, { revision: 1, status: 'PENDING', facts: ['created'] });
  return store(storing, events, (positions) => [
    ...changeCarts(client, filledTo(lives, 2, 4)),
    run(client, models.SHOW_ORDER, orders),
    run(client, models.SHOW_STEPS, stepsOf(lives, positions, [[1, 1, 'PENDING']])),
    run(client, models.SHOW_TERMS, models.productTermsOf(lives)),
    ...ended(client, lives, 'CREATED'),
  ]);
};

const requested = (storing: Storing, lives: readonly Life[]): Promise<void> => {
  const { client } = storing;
  const events = lives.flatMap((life) => [life.reserved, life.requested]);
  const facts = ['created', 'reserved', 'paymentRequested'] as const;
  const orders = knownAs(lives, { revision: 3, status: 'AWAITING_PAYMENT', facts });
  return store(storing, events, (positions) => [
    run(client, models.CHANGE_ORDER, orders),
    run(
      client,
      models.SHOW_STEPS,
      stepsOf(lives, positions, [
        [0, 2, 'AWAITING_PAYMENT'],
        [1, 3, 'AWAITING_PAYMENT'],
      ]),
    ),
    run(client, models.SHOW_HOLD, knownAs(lives, { revision: 2, status: '', facts: ['reserved'] })),
    run(client, SHOW_STOCK, unitsOf(lives, { available: -1, reserved: 1, sold: 0 })),
  ]);
};

const confirmed = (storing: Storing, lives: readonly Life[]): Promise<void> => {
  const { client } = storing;
  const events = lives.flatMap((life) => [life.succeeded, life.confirmed]);
  const facts = ['created', 'reserved', 'paymentRequested', 'succeeded', 'confirmed'] as const;
  return store(storing, events, (positions) => [
    run(client, models.CHANGE_ORDER, knownAs(lives, { revision: 5, status: 'CONFIRMED', facts })),
    run(
      client,
      models.SHOW_STEPS,
      stepsOf(lives, positions, [
        [0, 4, 'AWAITING_PAYMENT'],
        [1, 5, 'CONFIRMED'],
      ]),
    ),
    run(client, models.SHOW_TERMS, models.statusTermsOf(lives)),
    run(client, models.CHANGE_HOLD, knownAs(lives, { revision: 5, status: '', facts: ['reserved', 'confirmed'] })),
    run(client, SHOW_STOCK, unitsOf(lives, { available: 0, reserved: -1, sold: 1 })),
    ...ended(client, lives, 'CONFIRMED'),
  ]);
};

/** What the event store and the read models make of the steps of a checkout, as they come. */
export const audit = { created, filled, ordered, requested, confirmed };
