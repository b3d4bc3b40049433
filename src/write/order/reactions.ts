import type { Db } from '../../database/index.ts';
import type { Recorded } from '../../events/index.ts';
import { ok } from '../../platform/index.ts';
import type { Executor } from '../executor.ts';
import { hear } from './decide.ts';
import { orderAggregate } from './order.ts';

/**
 * Our own events come back through the streams, and others' come again: what is in the journal already is left out. By its
 * id alone, for an id that somebody gave to two events could otherwise never be written down, and would be tried for ever.
 */
const withoutKnown = async (db: Db, batch: readonly Recorded[]): Promise<readonly Recorded[]> => {
  if (batch.length === 0) return batch;
  const eventIds = batch.map(({ envelope }) => envelope.eventId);
  const rows = await db.selectFrom('write.journal').select('event_id').where('event_id', 'in', eventIds).execute();
  const known = new Set(rows.map((row) => row.event_id));
  return batch.filter(({ envelope }) => !known.has(envelope.eventId));
};

/**
 * The write side's reactions to what other services say of orders. Each event is written down with what follows from it,
 * as one unit: heard twice, it changes nothing. Different orders go side by side, and are committed together.
 */
export const openReactions =
  ({ db, executor }: { readonly db: Db; readonly executor: Executor }) =>
  async (batch: readonly Recorded[]): Promise<void> => {
    const ofOrders = batch.filter(({ envelope }) => envelope.aggregateType === 'Order');
    const unknown = await withoutKnown(db, ofOrders);
    await Promise.all(unknown.map((recorded) => react(executor, recorded)));
  };

const react = async (executor: Executor, recorded: Recorded): Promise<void> => {
  const { aggregateId, eventId, traceparent } = recorded.envelope;
  await executor.run({
    aggregate: orderAggregate,
    id: aggregateId,
    decide: (order) => ok(hear(order, recorded)),
    idempotency: null,
    causationId: eventId,
    traceparent,
  });
};
