import { CART_CHECKS } from './carts.ts';
import type { Check } from './check.ts';
import { CONTRADICTION_CHECK } from './contradictions.ts';
import { DELIVERY_CHECK } from './deliveries.ts';
import { EVENT_CHECKS } from './events.ts';
import { MONEY_CHECKS } from './money.ts';
import { ORDER_COUNT_CHECK } from './order-counts.ts';
import { ORDER_CHECKS } from './orders.ts';
import { PARTITION_CHECKS } from './partitions.ts';
import { READ_MODEL_CHECK } from './read-models.ts';
import { STOCK_CHECKS } from './stock.ts';
import { TEXT_CHECK } from './texts.ts';
import { WAITING_CHECKS } from './waiting.ts';

/** Everything that always holds, and that PostgreSQL and Redis can tell; what takes longest comes last. */
export const CHECKS: readonly Check[] = [
  ...EVENT_CHECKS,
  ...PARTITION_CHECKS,
  TEXT_CHECK,
  ...CART_CHECKS,
  ...ORDER_CHECKS,
  ORDER_COUNT_CHECK,
  CONTRADICTION_CHECK,
  ...STOCK_CHECKS,
  ...MONEY_CHECKS,
  ...WAITING_CHECKS,
  DELIVERY_CHECK,
  READ_MODEL_CHECK,
];
