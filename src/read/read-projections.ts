import { cartProjection } from './cart/projection.ts';
import { orderProjection } from './order/projection.ts';
import { productProjection } from './product/projection.ts';
import type { Projection, ReadSchema } from './projection.ts';

/** All read models' projections, for the one who stores the events. They write to the tables of the schema. */
export const readProjections = (schema: ReadSchema = 'read'): readonly Projection[] => [
  cartProjection(schema),
  orderProjection(schema),
  productProjection(schema),
];
