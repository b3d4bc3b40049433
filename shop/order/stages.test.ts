import { describe, expect, it } from 'vitest';
import { momentOf, type Shown, stagesOf } from './stages.ts';

const order = (shown: Partial<Shown>): Shown => ({ status: 'PENDING', payment: null, failure: null, ...shown });

describe('what a customer sees of an order', () => {
  it.each([
    [order({}), 'checking', 'busy', 'waiting'],
    [order({ status: 'AWAITING_PAYMENT' }), 'payNow', 'done', 'busy'],
    [order({ status: 'AWAITING_PAYMENT', payment: { status: 'REQUESTED' } }), 'paying', 'done', 'busy'],
    [order({ status: 'AWAITING_PAYMENT', payment: { status: 'ACTION_REQUIRED' } }), 'confirmAtBank', 'done', 'busy'],
    [order({ status: 'CONFIRMED', payment: { status: 'SUCCEEDED' } }), 'confirmed', 'done', 'done'],
    [order({ status: 'REJECTED', failure: { reason: 'OUT_OF_STOCK' } }), 'soldOut', 'failed', 'waiting'],
    [order({ status: 'COMPENSATING', failure: { reason: 'PAYMENT_DECLINED' } }), 'givingBack', 'undone', 'failed'],
    [order({ status: 'CANCELLED', failure: { reason: 'PAYMENT_DECLINED' } }), 'declined', 'undone', 'failed'],
    [order({ status: 'CANCELLED', failure: { reason: 'PAYMENT_EXPIRED' } }), 'expired', 'undone', 'failed'],
    [order({ status: 'CANCELLED', failure: { reason: 'CANCELLED_BY_CUSTOMER' } }), 'cancelled', 'undone', 'waiting'],
    [
      order({
        status: 'CANCELLED',
        payment: { status: 'REFUNDED' },
        failure: { reason: 'CANCELLED_BY_CUSTOMER' },
      }),
      'cancelled',
      'undone',
      'undone',
    ],
  ] as const)('%o is %s: stock %s, payment %s', (...[shown, moment, reserved, paid]) => {
    expect(momentOf(shown)).toBe(moment);
    expect(stagesOf(shown)).toEqual({ ordered: 'done', reserved, paid });
  });
});
