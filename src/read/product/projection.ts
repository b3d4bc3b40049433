import type { ProductEvent } from '../../events/index.ts';
import { NO_CHANGES, type Projection, type StoredRecorded } from '../projection.ts';
import type { ProductRows } from '../read-store.ts';
import { newDescriptions } from './descriptions.ts';
import { add, NO_DELTA, type StockDelta } from './hold.ts';
import { foldHolds } from './holds.ts';
import { changeStock, describe, type ProductState, type Upserted, unknownProduct } from './product.ts';

type Deltas = ReadonlyMap<string, StockDelta>;

const isOfProduct = (recorded: StoredRecorded): recorded is StoredRecorded<ProductEvent> =>
  recorded.envelope.aggregateType === 'Product';
const isUpserted = (recorded: StoredRecorded): recorded is StoredRecorded & Upserted =>
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

/**
 * Read models `product` and `hold`: the numbers are sums over the set of events, so their order does not matter. Not safe
 * to repeat: the event store hands over each event once.
 */
export const productProjection = <T>(rows: ProductRows<T>): Projection<T> => ({
  name: 'product',
  apply: async (tx, batch) => {
    const adjustments = batch.filter(isOfProduct).map(adjustmentOf);
    const { holds, changes } = await foldHolds(tx, rows, batch);
    const deltas = summed([...adjustments, ...changes]);
    const [known] = await Promise.all([rows.load(tx, [...deltas.keys()]), rows.writeHolds(tx, holds)]);
    if (deltas.size === 0) return NO_CHANGES;
    const products = new Map(known.map((product) => [product.id, product]));
    const upTo = batch.at(-1)?.position ?? 0n;
    const descriptions = await newDescriptions(tx, rows, { products, heard: batch.filter(isUpserted), upTo });
    const changed = [...deltas].map(([id, delta]): ProductState => {
      const product = changeStock(products.get(id) ?? unknownProduct(id), delta);
      const description = descriptions.get(id);
      return description === undefined ? product : describe(product, description);
    });
    await rows.write(tx, changed);
    return { ...NO_CHANGES, products: [...deltas.keys()] };
  },
});
