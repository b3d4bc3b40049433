import { describe, expect, it } from 'vitest';
import { orderHistory } from '../../../harness/support/recorded.ts';
import { PRODUCERS } from '../../events/index.ts';
import { orderAggregate } from '../order/order.ts';
import { advance, emptyAggregate, foldJournal } from './aggregate.ts';

describe('an aggregate', () => {
  it('is the same whether its journal is taken event by event or at once', () => {
    const journal = orderHistory('order_1', 'Declined').map((recorded) => ({
      ...recorded,
      received: recorded.envelope.producer !== PRODUCERS.api,
    }));
    const of = { ...journal[0]?.envelope, aggregateType: 'Cart' } as (typeof journal)[number]['envelope'];
    const others = journal.slice(0, 1).map((recorded) => ({ ...recorded, envelope: of, received: true }));
    const entries = [...journal, ...others];
    const folded = foldJournal(orderAggregate, 'order_1', entries);
    expect(folded).toEqual(
      entries.reduce(
        (loaded, entry) => advance(loaded, orderAggregate, entry),
        emptyAggregate('order_1', orderAggregate),
      ),
    );
    expect(folded.received.size).toBeGreaterThan(0);
    expect(folded.sequence).toBe(entries.length);
  });
});
