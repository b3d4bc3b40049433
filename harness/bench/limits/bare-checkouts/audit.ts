import type { PoolClient } from 'pg';
import type { BareBus } from './bus.ts';
import type { BareEvent, Life } from './life.ts';
import * as models from './models.ts';
import { inTwo } from './rows.ts';
import * as write from './statements.ts';

interface Storing {
  readonly client: PoolClient;
  readonly bus: BareBus;
}

type Known = Omit<models.Known, 'life'>;
type Writes = (positions: readonly string[]) => readonly Promise<unknown>[];

/** As the event store does: one transaction with what is new and what it changes, then word of it. */
const store = async ({ client, bus }: Storing, events: readonly BareEvent[], writes: Writes): Promise<void> => {
  const taken = await bus.take('audit');
  if (taken !== events.length) throw new Error(`${taken} entries came, not ${events.length}.`);
  const positions = await inTwo(client, () => write.store(client, events), writes);
  await bus.announce(positions.at(-1) ?? '');
};

const filledTo = (lives: readonly Life[], items: number, version: number): readonly models.Filled[] =>
  lives.map((life) => ({ life, items, version }));

const knownAs = (lives: readonly Life[], known: Known): readonly models.Known[] =>
  lives.map((life) => ({ life, ...known }));

type StepOf = readonly [nth: number, revision: number, status: string];

/** Steps of each order; the event of a step is the `nth` of those which each has among the positions. */
const stepsOf = (
  lives: readonly Life[],
  positions: readonly string[],
  steps: readonly StepOf[],
): readonly models.Step[] => {
  const eventsEach = positions.length / lives.length;
  return lives.flatMap(({ orderId }, place) =>
    steps.map(([nth, revision, status]) => {
      const position = positions[place * eventsEach + nth] ?? '';
      return { orderId, revision, status, position };
    }),
  );
};

const counted = (client: PoolClient, lives: readonly Life[], happened: string): readonly Promise<unknown>[] => [
  models.countOrders(client, models.countsOf(happened, lives.length)),
  models.tally(client, models.talliesOf(happened, lives.length)),
];

const created = (storing: Storing, lives: readonly Life[]): Promise<void> => {
  const { client } = storing;
  const carts = filledTo(lives, 0, 1);
  const events = lives.map((life) => life.created);
  return store(storing, events, () => [models.showCarts(client, carts), models.showActivity(client, carts)]);
};

const changed = (client: PoolClient, carts: readonly models.Filled[]): readonly Promise<unknown>[] => [
  models.changeCarts(client, carts),
  models.changeActivity(client, carts),
];

const filled = (storing: Storing, lives: readonly Life[]): Promise<void> => {
  const { client } = storing;
  const events = lives.flatMap(({ firstAdded, secondAdded }) => [firstAdded, secondAdded]);
  return store(storing, events, () => [
    ...changed(client, filledTo(lives, 2, 3)),
    models.showCartProducts(client, models.linesOf(lives)),
  ]);
};

const ordered = (storing: Storing, lives: readonly Life[]): Promise<void> => {
  const { client } = storing;
  const events = lives.flatMap((life) => [life.checkedOut, life.ordered]);
  const orders = knownAs(lives, { revision: 1, status: 'PENDING', facts: ['created'] });
  return store(storing, events, (positions) => [
    ...changed(client, filledTo(lives, 2, 4)),
    models.showOrders(client, orders),
    models.showSteps(client, stepsOf(lives, positions, [[1, 1, 'PENDING']])),
    models.showTerms(client, models.productTermsOf(lives)),
    ...counted(client, lives, 'CREATED'),
  ]);
};

const AWAITING = 'AWAITING_PAYMENT';

const requested = (storing: Storing, lives: readonly Life[]): Promise<void> => {
  const { client } = storing;
  const events = lives.flatMap((life) => [life.reserved, life.requested]);
  const facts = ['created', 'reserved', 'paymentRequested'] as const;
  const steps: readonly StepOf[] = [
    [0, 2, AWAITING],
    [1, 3, AWAITING],
  ];
  return store(storing, events, (positions) => [
    models.changeOrders(client, knownAs(lives, { revision: 3, status: AWAITING, facts })),
    models.showSteps(client, stepsOf(lives, positions, steps)),
    models.showHolds(client, knownAs(lives, { revision: 2, status: AWAITING, facts: ['reserved'] })),
    write.showStock(client, write.unitsOf(lives, { available: -1, reserved: 1, sold: 0 })),
  ]);
};

const confirmed = (storing: Storing, lives: readonly Life[]): Promise<void> => {
  const { client } = storing;
  const events = lives.flatMap((life) => [life.succeeded, life.confirmed]);
  const facts = ['created', 'reserved', 'paymentRequested', 'succeeded', 'confirmed'] as const;
  const known = { revision: 5, status: 'CONFIRMED' };
  const steps: readonly StepOf[] = [
    [0, 4, AWAITING],
    [1, 5, 'CONFIRMED'],
  ];
  return store(storing, events, (positions) => [
    models.changeOrders(client, knownAs(lives, { ...known, facts })),
    models.showSteps(client, stepsOf(lives, positions, steps)),
    models.showTerms(client, models.statusTermsOf(lives)),
    models.changeHolds(client, knownAs(lives, { ...known, facts: ['reserved', 'confirmed'] })),
    write.showStock(client, write.unitsOf(lives, { available: 0, reserved: -1, sold: 1 })),
    ...counted(client, lives, 'CONFIRMED'),
  ]);
};

/** What the event store and the read models make of the steps of a checkout, as they come. */
export const audit = { created, filled, ordered, requested, confirmed };
