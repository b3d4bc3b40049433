import type { ProductView } from '../../read/index.ts';
import { ANYBODY } from '../access.ts';
import type { SubscriptionFields } from '../builder.ts';
import { badUserInput, notFound } from '../failures.ts';
import { findProduct } from '../find-product.ts';
import { Product } from '../types/product.ts';
import type { Pull } from './live-streams.ts';

const MAX_PRODUCTS = 100;

const ABOUT = {
  path: ['productIds'],
  allowed: { type: 'array', minItems: 1, maxItems: MAX_PRODUCTS },
} as const;

const checkedIds = (productIds: readonly string[]): readonly string[] => {
  const ids = [...new Set(productIds)];
  if (ids.length === 0 || ids.length > MAX_PRODUCTS)
    throw badUserInput(`productIds takes 1 to ${MAX_PRODUCTS} ids.`, ABOUT);
  return ids;
};

const isKnown = (product: ProductView | null): product is ProductView => product !== null;

const hasOtherNumbers = (product: ProductView, shown: ProductView | undefined): boolean =>
  product.available !== shown?.available || product.reserved !== shown.reserved || product.sold !== shown.sold;

/** Each product, and again whenever its numbers are others than those last shown. */
async function* stockStates(
  first: readonly ProductView[],
  reload: () => Promise<readonly ProductView[]>,
  pull: Pull,
): AsyncGenerator<ProductView> {
  const shown = new Map<string, ProductView>();
  let products = first;
  for (;;) {
    for (const product of products) {
      if (!hasOtherNumbers(product, shown.get(product.id))) continue;
      shown.set(product.id, product);
      yield product;
    }
    await pull.change();
    if (pull.signal.aborted) return;
    products = await pull.read(reload);
  }
}

export const stock = (t: SubscriptionFields) =>
  t.field({
    type: Product,
    access: ANYBODY,
    description:
      'Stock as it is now, each product once, then each product again after every change of its numbers (a slow reader may see several changes as one). An unknown product is an error with extensions.code NOT_FOUND.',
    args: { productIds: t.arg.idList({ required: true, description: 'prod_…; 1 to 100 of them.' }) },
    subscribe: (_root, { productIds }, context) => {
      const ids = checkedIds(productIds);
      const topics = ids.map((id) => ({ kind: 'products', id }) as const);
      return context.live.open(topics, async (pull) => {
        const found = await Promise.all(ids.map((id) => findProduct(context, id)));
        const unknown = ids.filter((_id, index) => found[index] === null);
        if (unknown.length > 0) throw notFound(`product ${unknown.map((id) => id.slice(0, 100)).join(', ')}`);
        const first = found.filter(isKnown);
        const reload = async () =>
          (await Promise.all(ids.map((id) => context.batches.products.load(id)))).filter(isKnown);
        return stockStates(first, reload, pull);
      });
    },
    resolve: (product) => product,
  });
