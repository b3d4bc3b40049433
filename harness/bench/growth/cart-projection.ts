import { newId, type Recorded } from '../../../src/events/index.ts';
import { history, recorded } from '../../support/recorded.ts';
import { type Contestant, Latencies } from '../measure/index.ts';
import { auditOn, fill } from '../rows/p5-projector.ts';
import { type OwnStore, openOwnStore } from '../stage/index.ts';

const CARTS = 100;
const CHANGES_A_ROUND = 5;

const ITEM = { cartItemId: '1', productId: 'prod_1', quantity: 1, unitPrice: '10.50' } as const;

const changed = (aggregateId: string, version: number): Recorded => {
  const data = { cartItemId: ITEM.cartItemId, quantity: (version % 9) + 1 };
  return recorded({ type: 'CartItemQuantityChanged', data }, { aggregateId, version });
};

const cartOf = (aggregateId: string, changes: number): readonly Recorded[] => [
  ...history(aggregateId, [
    { type: 'CartCreated', data: { customerId: null, sessionId: null, currency: 'EUR' } },
    { type: 'CartItemAdded', data: ITEM },
  ]),
  ...Array.from({ length: changes }, (_, change) => changed(aggregateId, change + 3)),
];

const assertProjected = async ({ database }: OwnStore, version: number): Promise<void> => {
  const { rows } = await database.pool.query<{ readonly carts: number }>(
    'select count(*)::int as carts from read.cart where version = $1',
    [version],
  );
  if (rows[0]?.carts !== CARTS) throw new Error(`${rows[0]?.carts} of ${CARTS} carts are at version ${version}.`);
};

/** Carts with so many changes, in the event store and projected; a round stores and projects further changes of each. */
export const openProjection =
  (changes: number) =>
  async (name: string): Promise<Contestant> => {
    await using opening = new AsyncDisposableStack();
    const store = opening.use(await openOwnStore());
    const { handle } = auditOn(store);
    const carts = Array.from({ length: CARTS }, () => newId('Cart'));
    await fill(
      store,
      carts.flatMap((id) => cartOf(id, changes)),
    );
    let version = changes + 2;
    const opened = opening.move();
    return {
      name,
      round: async () => {
        const latencies = new Latencies();
        const [used, begunAt] = [store.meter(), performance.now()];
        for (let change = 0; change < CHANGES_A_ROUND; change += 1) {
          version += 1;
          const startedAt = performance.now();
          await handle(carts.map((id) => changed(id, version)));
          latencies.record(performance.now() - startedAt);
        }
        const seconds = (performance.now() - begunAt) / 1_000;
        const operations = CARTS * CHANGES_A_ROUND;
        return { operations, seconds, cpuMicros: used(), latencyMs: latencies.summary() };
      },
      verify: () => assertProjected(store, version),
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    };
  };
