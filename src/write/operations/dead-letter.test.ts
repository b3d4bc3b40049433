import { describe, expect, it } from 'vitest';
import { recorded } from '../../../harness/support/recorded.ts';
import type { KeptDeadLetter } from '../../bus/index.ts';
import { type DeadLetter, deadLetterAggregate, discard, retry } from './dead-letter.ts';

const LETTER: KeptDeadLetter = {
  id: 'dead_1',
  group: 'shop',
  stream: 'ecommerce.orders.events',
  entryId: '7-0',
  fields: [['event_type', 'OrderEaten']],
  error: 'cannot be read',
  deliveries: 1,
  lastAt: '2026-01-02T03:04:05.678Z',
  settledVersion: 0,
};
const DATA = { deadLetterId: 'dead_1', consumerGroup: 'shop', stream: 'ecommerce.orders.events', entryId: '7-0' };
const OPEN: DeadLetter = { state: 'OPEN' };
const DISCARDED: DeadLetter = { state: 'DISCARDED', reason: 'a test entry' };

describe('a dead letter', () => {
  it('is retried as often as somebody asks', () => {
    expect(retry(LETTER).events).toEqual([{ type: 'DeadLetterRetried', data: DATA }]);
    const reason = 'the ledger is mended';
    expect(retry(LETTER, reason).events).toEqual([{ type: 'DeadLetterRetried', data: { ...DATA, reason } }]);
  });

  it('is discarded for a reason', () => {
    expect(discard(OPEN, LETTER, 'a test entry')).toEqual({
      events: [{ type: 'DeadLetterDiscarded', data: { ...DATA, reason: 'a test entry' } }],
    });
  });

  it('is discarded once for one reason, and again for another', () => {
    expect(discard(DISCARDED, LETTER, 'a test entry')).toEqual({ events: [] });
    expect(discard(DISCARDED, LETTER, 'nobody needs it')).toMatchObject({ events: [{}] });
  });

  it('is what was decided of it last', () => {
    const events = [retry(LETTER), discard(OPEN, LETTER, 'a test entry')].flatMap((decided) => decided.events);
    const { initialState, evolve } = deadLetterAggregate;
    expect(initialState).toEqual(OPEN);
    expect(events.map((event) => recorded(event)).reduce(evolve, initialState)).toEqual(DISCARDED);
    expect(events.map((event) => recorded(event)).reduceRight(evolve, initialState)).toEqual({ state: 'RETRIED' });
  });
});
