import type { Selectable } from 'kysely';
import type { CartTable } from '../../database/index.ts';
import type { CartItemView, CartState } from './cart.ts';

export const cartStateOf = (row: Selectable<CartTable>): CartState => ({
  id: row.id,
  customerId: row.customer_id,
  sessionId: row.session_id,
  currency: row.currency,
  items: row.items as readonly CartItemView[],
  orderId: row.order_id,
  version: row.version,
  updatedAt: row.updated_at.toISOString(),
});
