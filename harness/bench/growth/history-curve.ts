import { newId, PRODUCERS } from '../../../src/events/index.ts';
import { openLogger } from '../../../src/platform/index.ts';
import { openSimulatedProvider, openWrite, type Write } from '../../../src/write/index.ts';
import { type Contestant, Latencies, type Round } from '../measure/index.ts';
import { type OwnStore, openOwnStore } from '../stage/index.ts';
import { openProjection } from './cart-projection.ts';
import { copyTemplate } from './copy.ts';
import { measurePoint, type Pace, type Point } from './point.ts';
import { captureTemplate, idInCopy } from './template.ts';

const CARTS = 100;
const IN_FLIGHT = 8;
/** The last one leaves each cart as many changes below its limit of 1,000 as the rounds make. */
const HISTORIES = [1, 10, 30, 100, 300, 960] as const;
const OPERATOR = { idempotencyKey: null, traceparent: null, reach: 'Everything' } as const;

type Warmth = 'cold' | 'warm';

/** A write module that has nothing in memory. */
const openCold = ({ database }: OwnStore): Write =>
  openWrite({
    provider: openSimulatedProvider,
    database,
    writer: { producer: PRODUCERS.api, producerInstance: `${PRODUCERS.api}-1` },
    logger: openLogger('silent'),
    onCommit: () => {},
    stockOf: async () => null,
  });

const add = async (write: Write, cartId: string, productId: string): Promise<number> => {
  const added = await write.addCartItem({ cartId, productId, quantity: 1 }, OPERATOR);
  if (!added.ok) throw new Error(added.error.message);
  return added.value.version;
};

/** Carts with so many changes each: one as the write side makes it, the others copies of it. */
const openCarts = async (store: OwnStore, changes: number, say: Pace['say']): Promise<readonly string[]> => {
  const write = openCold(store);
  const products = Array.from({ length: 10 }, () => newId('Product'));
  for (const id of products) await write.upsertProduct({ id, name: id, price: '10.50', currency: 'EUR' }, OPERATOR);
  const created = await write.createCart({ customerId: null, sessionId: null, currency: 'EUR' }, OPERATOR);
  if (!created.ok) throw new Error(created.error.message);
  const { id } = created.value;
  for (let change = 1; change < changes; change += 1) await add(write, id, products[change % products.length] ?? '');
  const template = await captureTemplate(store.database.pool, [id]);
  await copyTemplate(store.database.pool, template, {
    copies: CARTS,
    say: (line) => say(`${changes} changes: ${line}`),
  });
  await store.database.pool.query('vacuum (analyze) write.journal');
  return Array.from({ length: CARTS }, (_, nth) => idInCopy(id, nth + 1));
};

interface Visit {
  readonly write: Write;
  readonly carts: readonly string[];
  readonly productId: string;
}

const addToEach = async ({ write, carts, productId }: Visit, latencies: Latencies): Promise<readonly number[]> => {
  const left = [...carts];
  const versions: number[] = [];
  const client = async (): Promise<void> => {
    for (let cartId = left.pop(); cartId !== undefined; cartId = left.pop()) {
      const startedAt = performance.now();
      versions.push(await add(write, cartId, productId));
      latencies.record(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, client));
  return versions;
};

const visit = async (store: OwnStore, visited: Visit): Promise<Round & { readonly versions: readonly number[] }> => {
  const latencies = new Latencies();
  const [used, startedAt] = [store.meter(), performance.now()];
  const versions = await addToEach(visited, latencies);
  const seconds = (performance.now() - startedAt) / 1_000;
  return { operations: versions.length, seconds, cpuMicros: used(), latencyMs: latencies.summary(), versions };
};

/** A round adds an item to each cart: while none of them is in memory, or when all are. */
const openVisits =
  (changes: number, warmth: Warmth, say: Pace['say']) =>
  async (name: string): Promise<Contestant> => {
    await using opening = new AsyncDisposableStack();
    const store = opening.use(await openOwnStore());
    const carts = await openCarts(store, changes, say);
    const productId = newId('Product');
    const product = { id: productId, name: productId, price: '10.50', currency: 'EUR' } as const;
    await openCold(store).upsertProduct(product, OPERATOR);
    let version = changes;
    const turn = async (write: Write): Promise<Round> => {
      const { versions, ...round } = await visit(store, { write, carts, productId });
      version += 1;
      if (versions.some((each) => each !== version)) throw new Error(`A cart is not at version ${version}.`);
      return round;
    };
    const opened = opening.move();
    return {
      name,
      round: async () => {
        const write = openCold(store);
        if (warmth === 'warm') await turn(write);
        return turn(write);
      },
      verify: async () => {
        if (version === changes) throw new Error(`${name}: no cart was visited.`);
      },
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    };
  };

const operationsOf = (pace: Pace): ReadonlyMap<string, (changes: number) => (name: string) => Promise<Contestant>> =>
  new Map([
    ['addCartItem, cart read from the journal', (changes) => openVisits(changes, 'cold', pace.say)],
    ['addCartItem, cart in memory', (changes) => openVisits(changes, 'warm', pace.say)],
    ['projection of a change, 100 carts at once', openProjection],
  ]);

/** A change of a cart with so many changes beside one of a cart that was just created; without HTTP. */
export const historyCurve = async (pace: Pace): Promise<readonly Point[]> => {
  const [first, ...more] = HISTORIES;
  const points: Point[] = [];
  for (const [operation, openAt] of operationsOf(pace))
    for (const changes of more) {
      const place = (x: number) => ({ x, open: openAt(x) });
      points.push(await measurePoint({ curve: 'history', operation, here: place(changes), first: place(first) }, pace));
    }
  return points;
};
