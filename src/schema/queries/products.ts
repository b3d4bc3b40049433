import { ANYBODY } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitList, awaitToken, consistentWithArg } from '../consistency.ts';
import { findProduct } from '../find-product.ts';
import { pageArgs, pageWindow } from '../page-args.ts';
import { readPage } from '../read-page.ts';
import { connectionOf, edgeOf } from '../types/connection.ts';
import { Product } from '../types/product.ts';
import { checkedProductFilter, ProductFilter } from '../types/product-filter.ts';

const ProductConnection = connectionOf(
  Product,
  edgeOf(Product, (t) => t.field({ type: Product, description: 'The Product.', resolve: ({ node }) => node })),
);

export const product = (t: QueryFields) =>
  t.field({
    type: Product,
    access: ANYBODY,
    nullable: true,
    description: 'The product with this id; null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'prod_…' }), ...consistentWithArg },
    resolve: async (_root, { id, consistentWith }, context) => {
      await awaitToken(context, consistentWith);
      return findProduct(context, id);
    },
  });

export const products = (t: QueryFields) =>
  t.field({
    type: ProductConnection,
    access: ANYBODY,
    description: 'The catalogue, in the natural order of ids: prod_2 before prod_10.',
    args: {
      ...pageArgs,
      ...consistentWithArg,
      filter: t.arg({ type: ProductFilter, description: 'Only products that fit; all when left out.' }),
    },
    resolve: async (_root, { filter, consistentWith, ...args }, context) => {
      await awaitList(context, consistentWith, 'Product');
      const fitting = { filter: checkedProductFilter(filter) };
      return readPage(pageWindow(args), (window) => context.read.productPage({ ...window, ...fitting }));
    },
  });
