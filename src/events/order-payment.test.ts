import { expect, it } from 'vitest';
import {
  cancelled,
  chargedTooLate,
  created,
  declined,
  expired,
  factsOf,
  pending,
  recordedInTurn,
  refunded,
  requested,
  reserved,
  succeeded,
} from '../../harness/support/order-history.ts';
import { paymentStatusOf } from './order-payment.ts';

const asked = [created, reserved, requested];

it.each([
  ['was not asked for', [created, reserved], null],
  ['was asked for', asked, 'REQUESTED'],
  ['waits for the provider', [...asked, pending('PROVIDER')], 'PENDING'],
  ['waits for the customer', [...asked, pending('CUSTOMER')], 'ACTION_REQUIRED'],
  ['waited for the customer before', [...asked, pending('CUSTOMER'), pending('PROVIDER')], 'PENDING'],
  ['waits for the customer of an order that is over', [...asked, pending('CUSTOMER'), cancelled], 'PENDING'],
  ['succeeded', [...asked, pending('PROVIDER'), succeeded()], 'SUCCEEDED'],
  ['was declined', [...asked, declined], 'FAILED'],
  ['came to nothing after the end', [...asked, cancelled, chargedTooLate], 'FAILED'],
  ['was never asked for in time', [created, reserved, expired], 'FAILED'],
  ['was given back', [...asked, cancelled, succeeded(), refunded()], 'REFUNDED'],
  ['was made twice and given back once', [...asked, succeeded('a'), succeeded('b'), refunded('b')], 'SUCCEEDED'],
] as const)('a payment that %s', (_, events, status) => {
  const recorded = recordedInTurn(events);
  expect(paymentStatusOf(factsOf(recorded))).toBe(status);
  expect(paymentStatusOf(factsOf(recorded.toReversed()))).toBe(status);
});
