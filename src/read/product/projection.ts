import type { EventOf, ProductEvent } from '../../events/index.ts';
import { folded, type Projection, type StoredRecorded } from '../projection.ts';
import type { ProductRows } from '../read-store.ts';
import { newDescriptions } from './descriptions.ts';
import { add, NO_DELTA, type StockDelta } from './hold.ts';
import { foldHolds, ordersWithHolds } from './holds.ts';
import type { ProductState, Upserted } from './product.ts';

type Deltas = ReadonlyMap<string, StockDelta>;
type Heard = StoredRecorded<EventOf<'ProductUpserted'>>;

const isOfProduct = (recorded: StoredRecorded): recorded is StoredRecorded<ProductEvent> =>
  recorded.envelope.aggregateType === 'Product';
const isUpserted = <R extends Pick<StoredRecorded, 'event'>>(recorded: R): recorded is R & Upserted =>
  recorded.event.type === 'ProductUpserted';

const adjustmentOf = ({ event, envelope }: StoredRecorded<ProductEvent>): readonly [string, StockDelta] => [
  envelope.aggregateId,
  event.type === 'StockAdjusted' ? { ...NO_DELTA, available: event.data.delta } : NO_DELTA,
];

const summed = (deltas: readonly (readonly [string, StockDelta])[]): Deltas => {
  const sums = new Map<string, StockDelta>();
  for (const [id, delta] of deltas) sums.set(id, add(sums.get(id) ?? NO_DELTA, delta));
  return sums;
};

const descriptionsIn = async <T>(
  { tx, rows, known }: { readonly tx: T; readonly rows: ProductRows<T>; readonly known: readonly ProductState[] },
  events: readonly StoredRecorded[],
): Promise<readonly Upserted[]> => {
  const heard: readonly Heard[] = events.filter(isUpserted);
  if (heard.length === 0) return [];
  const products = new Map(known.map((product) => [product.id, product]));
  const upTo = events.at(-1)?.position ?? 0n;
  return [...(await newDescriptions(tx, rows, { products, heard, upTo })).values()];
};

/**
 * Read models `product` and `hold`: the numbers are sums over the set of events, so their order does not matter. Not safe
 * to repeat: the event store hands over each event once.
 */
export const productProjection = <T>(rows: ProductRows<T>): Projection<T> => ({
  name: 'product',
  prepare: async (tx, { batch }) => {
    const described = batch.filter(isUpserted).map(({ envelope }) => envelope.aggregateId);
    const [known, holds] = await Promise.all([rows.load(tx, described), rows.loadHolds(tx, ordersWithHolds(batch))]);
    return async (events) => {
      const { changed, changes } = foldHolds(holds, events);
      const deltas = summed([...events.filter(isOfProduct).map(adjustmentOf), ...changes]);
      const descriptions = await descriptionsIn({ tx, rows, known }, events);
      return folded(
        { products: [...deltas.keys()] },
        rows.writeHolds(tx, changed),
        rows.addStock(tx, deltas),
        rows.describe(tx, descriptions),
      );
    };
  },
});
