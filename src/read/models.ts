import {
  LIVE,
  type Projection,
  postgresStorage,
  projectionsInto,
  type ReadModel,
  type ReadSchema,
} from '../projection/index.ts';
import { CARTS } from './cart/model.ts';
import { cartQueries } from './cart/queries.ts';
import { CART_ACTIVITIES } from './cart-activity/model.ts';
import { cartActivityQueries } from './cart-activity/queries.ts';
import { deadLetterQueries } from './dead-letter/dead-letter.ts';
import { ORDERS } from './order/model.ts';
import { orderQueries } from './order/queries.ts';
import { orderStatsQueries } from './order-stats/queries.ts';
import { PRODUCTS } from './product/model.ts';
import { productQueries } from './product/queries.ts';
import { VISITS } from './visit/model.ts';
import { visitQueries } from './visit/queries.ts';

/**
 * Every read model: whoever keeps them, builds them anew, compares or simulates them, or tells of their changes, learns of
 * them here.
 */
export const READ_MODELS = [VISITS, CARTS, CART_ACTIVITIES, ORDERS, PRODUCTS] as const satisfies readonly ReadModel[];

/** What may be asked of them, and of what is kept elsewhere. */
export const QUERIES = {
  ...cartQueries,
  ...cartActivityQueries,
  ...orderQueries,
  ...orderStatsQueries,
  ...productQueries,
  ...visitQueries,
  ...deadLetterQueries,
};

/** All projections, into the tables of the schema. */
export const readProjections = (schema: ReadSchema = LIVE): readonly Projection[] =>
  projectionsInto(READ_MODELS, postgresStorage(schema));
