import { causeOf } from '../../bus/index.ts';
import { listIn, type Runner, statement } from '../../database/index.ts';
import { DecodeError, PRODUCERS, parseId, type Recorded } from '../../events/index.ts';
import { NO_DEADLINE, ok } from '../../platform/index.ts';
import type { Executor } from '../execution/executor.ts';
import type { JournalStore } from '../journal/journal-store.ts';
import { receive } from './decide.ts';
import { orderAggregate } from './order.ts';

/**
 * Our own events come back through the streams, and others' come again: what is in the journal already is left out. By its
 * id alone, for an id that somebody gave to two events could otherwise never be written down, and would be tried for ever.
 */
const withoutKnown = async (
  knownEventIds: JournalStore['knownEventIds'],
  batch: readonly Recorded[],
): Promise<readonly Recorded[]> => {
  if (batch.length === 0) return batch;
  const known = await knownEventIds(batch.map(({ envelope }) => envelope.eventId));
  return batch.filter(({ envelope }) => !known.has(envelope.eventId));
};

/** The only events of a journal that the write side may lack: a condition of SQL on its row. */
export const WRITE_MAY_LACK = `aggregate_type = 'Order'`;

const LACKED = statement<{ readonly id: string }>(`
  select id from unnest(${listIn('$1')}) as asked (id)
  where not exists (select from write.journal as received where received.event_id = asked.id offset 0)`);

/** Those of the ids that the write side has not received: whatever it receives of orders, it writes down. */
export const lackedByWrite = async (runner: Runner, eventIds: readonly string[]): Promise<readonly string[]> =>
  (await LACKED(runner, [eventIds])).map(({ id }) => id);

/** What the write side reacts to: what others say of orders. Its own words it has written down itself. */
export const isOthersWord = ({ envelope }: Recorded): boolean =>
  envelope.aggregateType === 'Order' && envelope.producer !== PRODUCERS.api;

/**
 * The write side's reactions to what other services say of orders. Each event is written down with what follows from it,
 * as one unit: received twice, it changes nothing. Different orders go side by side, and are committed together.
 */
export const openReactions =
  ({ knownEventIds, executor }: Pick<JournalStore, 'knownEventIds'> & { readonly executor: Executor }) =>
  async (batch: readonly Recorded[]): Promise<void> => {
    const ofOrders = batch.filter(({ envelope }) => envelope.aggregateType === 'Order');
    const unknown = await withoutKnown(knownEventIds, ofOrders);
    await Promise.all(unknown.map((recorded) => react(executor, recorded)));
  };

const react = async (executor: Executor, recorded: Recorded): Promise<void> => {
  const { aggregateId, eventId } = recorded.envelope;
  const id = parseId('Order', aggregateId);
  if (id === null) throw new DecodeError(`aggregate_id: ${aggregateId} cannot be the id of an order`);
  await executor.run({
    aggregate: orderAggregate,
    id,
    decide: (order) => ok(receive(order, recorded)),
    request: null,
    causationId: eventId,
    traceparent: causeOf(recorded.envelope),
    deadline: NO_DEADLINE,
  });
};
