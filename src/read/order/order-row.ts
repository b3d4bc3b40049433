import type { Selectable } from 'kysely';
import type { OrderTable } from '../../database/index.ts';
import { type OrderFacts, readable } from '../../events/index.ts';
import type { OrderState } from './order.ts';

export const orderStateOf = (row: Selectable<OrderTable>): OrderState => ({
  id: row.id,
  facts: readable(row.facts) as OrderFacts,
  revision: row.revision,
  updatedAt: row.updated_at.toISOString(),
});
