import type { Selectable } from 'kysely';
import type { OrderTable } from '../../database/index.ts';
import { NOTHING_KNOWN, type OrderFacts, readable } from '../../events/index.ts';
import type { OrderState } from './order.ts';

export const orderStateOf = (row: Selectable<OrderTable>): OrderState => ({
  id: row.id,
  // A row of an earlier version, read before it is built anew, lacks what its facts did not have.
  facts: { ...NOTHING_KNOWN, ...(readable(row.facts) as OrderFacts) },
  revision: row.revision,
  updatedAt: row.updated_at.toISOString(),
});
