import type { Operation } from './operation.ts';
import { ABOUT_CARTS } from './operations/carts.ts';
import { ABOUT_ORDERS } from './operations/orders.ts';
import { ABOUT_THE_SHOP } from './operations/shop.ts';
import { ABOUT_UPKEEP } from './operations/upkeep.ts';
import { ABOUT_WEBHOOKS } from './operations/webhooks.ts';

/** Every field of the root types, in every way in which it is asked for something that belongs to somebody. */
export const OPERATIONS: readonly Operation[] = [
  ...ABOUT_CARTS,
  ...ABOUT_ORDERS,
  ...ABOUT_THE_SHOP,
  ...ABOUT_WEBHOOKS,
  ...ABOUT_UPKEEP,
];
