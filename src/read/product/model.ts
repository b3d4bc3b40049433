import type { EventOf, ProductEvent, Recorded } from '../../events/index.ts';
import { folded, isOf, type ReadModel, type StoredRecorded, type Table } from '../../projection/index.ts';
import { type Allocation, add, NO_DELTA, type StockDelta } from './allocation.ts';
import { foldAllocations, ordersWithAllocations } from './allocations.ts';
import { type AskDescriptions, newDescriptions } from './descriptions.ts';
import { naturalIdOf } from './natural-id.ts';
import type { ProductState, Upserted } from './product.ts';
import { PRODUCT_TERM, termChanges } from './terms.ts';

export const PRODUCT: Table<ProductState> = {
  name: 'product',
  key: ['id'],
  isShared: true,
  columns: {
    id: 'text',
    naturalId: 'text',
    name: 'text',
    price: 'text',
    currency: 'text',
    upsertedVersion: 'integer',
    available: 'integer',
    reserved: 'integer',
    sold: 'integer',
  },
};

/** What each order holds of the stock, so that any order of its events adds up to the same numbers. */
interface AllocationRow {
  readonly orderId: string;
  readonly facts: Allocation;
}

const ALLOCATION: Table<AllocationRow> = {
  name: 'hold',
  key: ['orderId'],
  columns: { orderId: 'text', facts: 'json' },
};

const isUpserted = <R extends Recorded>(recorded: R): recorded is R & Upserted =>
  isOf('Product')(recorded) && recorded.event.type === 'ProductUpserted';

const adjustmentOf = ({ event, envelope }: Recorded<ProductEvent>): readonly [string, StockDelta] => [
  envelope.aggregateId,
  event.type === 'StockAdjusted' ? { ...NO_DELTA, available: event.data.delta } : NO_DELTA,
];

const UNDESCRIBED = { name: null, price: null, currency: null, upsertedVersion: 0 } as const;

/** A row for each product whose numbers change, with the numbers to be added. */
const summed = (deltas: readonly (readonly [string, StockDelta])[]): readonly ProductState[] => {
  const sums = new Map<string, StockDelta>();
  for (const [id, delta] of deltas) sums.set(id, add(sums.get(id) ?? NO_DELTA, delta));
  return [...sums].map(([id, sum]) => ({ id, naturalId: naturalIdOf(id), ...UNDESCRIBED, ...sum }));
};

const descriptionsIn = async (
  ask: AskDescriptions,
  known: readonly ProductState[],
  events: readonly StoredRecorded[],
): Promise<readonly Upserted[]> => {
  const received: readonly StoredRecorded<EventOf<'ProductUpserted'>>[] = events.filter(isUpserted);
  if (received.length === 0) return [];
  const products = new Map(known.map((product) => [product.id, product]));
  const upTo = events.at(-1)?.position ?? 0n;
  return [...(await newDescriptions(ask, { products, received, upTo })).values()];
};

const describedBy = ({ event, envelope }: Upserted) => {
  const { productId: id, name, price, currency } = event.data;
  return { id, name, price, currency, upsertedVersion: envelope.version ?? 0 };
};

/** What of the terms of these products changes. */
const changedTerms = (described: readonly ReturnType<typeof describedBy>[], known: readonly ProductState[]) => {
  const changes = described.map((product) =>
    termChanges(
      product,
      known.find(({ id }) => id === product.id),
    ),
  );
  return { came: changes.flatMap(({ came }) => came), went: changes.flatMap(({ went }) => went) };
};

/**
 * Products, the terms by which they are found, and what orders hold of them: the numbers are sums over the set of events, so their order does not matter, nor
 * how many add to them. Not safe to repeat: the event store hands over each event once.
 */
export const PRODUCTS: ReadModel<'products'> = {
  name: 'products',
  version: 4,
  tables: [PRODUCT, ALLOCATION, PRODUCT_TERM],
  // An order's events may change whichever products its lines name.
  concerns: { Product: 'Itself', Order: 'Any' },
  projection: (storage) => {
    const [products, allocations] = [storage.rows(PRODUCT), storage.rows(ALLOCATION)];
    const termRows = storage.rows(PRODUCT_TERM);
    const addStock = products.adding(['available', 'reserved', 'sold']);
    const describe = products.replacing(['id', 'name', 'price', 'currency', 'upsertedVersion']);
    const upsertedAt = storage.events.atVersions('ProductUpserted');
    return async (tx, { batch }) => {
      const described = batch.filter(isUpserted).map(({ envelope }) => envelope.aggregateId);
      const [known, held] = await Promise.all([
        products.load(tx, described),
        allocations.load(tx, ordersWithAllocations(batch)),
      ]);
      return async (events) => {
        const ofOrders = foldAllocations(new Map(held.map(({ orderId, facts }) => [orderId, facts])), events);
        const deltas = summed([...events.filter(isOf('Product')).map(adjustmentOf), ...ofOrders.changes]);
        const ask: AskDescriptions = async (places, upTo) => (await upsertedAt(tx, places, upTo)).filter(isUpserted);
        const descriptions = (await descriptionsIn(ask, known, events)).map(describedBy);
        const terms = changedTerms(descriptions, known);
        const changed = [...ofOrders.changed].map(([orderId, facts]) => ({ orderId, facts }));
        const all = folded(
          deltas.map(({ id }) => id),
          allocations.write(tx, changed),
          termRows.write(tx, terms.came),
          termRows.remove(tx, terms.went),
        );
        return { ...all, share: async () => [addStock(tx, deltas), describe(tx, descriptions)] };
      };
    };
  },
};
