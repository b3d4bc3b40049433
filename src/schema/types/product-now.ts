import type { ObjectFields } from '../builder.ts';
import { findProduct } from '../find-product.ts';
import { Product } from './product.ts';

/** The product that something is about, as it is now. */
export const productNow = <T extends { readonly productId: string }>(t: ObjectFields<T>) =>
  t.field({
    type: Product,
    nullable: true,
    description: 'The product as it is now; null while it is unknown.',
    resolve: ({ productId }, _args, context) => findProduct(context, productId),
  });
