import { describe, expect, it } from 'vitest';
import { actionsOf } from './actions-of.ts';

describe('what can be done about an order', () => {
  it.each([
    ['PENDING', null, ['pay', 'cancel']],
    ['AWAITING_PAYMENT', null, ['pay', 'cancel']],
    ['AWAITING_PAYMENT', 'REQUESTED', ['cancel']],
    ['COMPENSATING', 'FAILED', []],
    ['CONFIRMED', 'SUCCEEDED', ['reorder']],
    ['REJECTED', null, ['reorder']],
    ['CANCELLED', 'REFUNDED', ['reorder']],
  ] as const)('that is %s, its payment %s: %j', (status, payment, actions) => {
    expect(actionsOf({ status, payment: payment && { status: payment } })).toEqual(actions);
  });
});
