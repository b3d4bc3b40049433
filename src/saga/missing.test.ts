import { describe, expect, it } from 'vitest';
import type { Recorded, Verdict } from '../events/index.ts';
import { decide, type OwnersWord } from './decide.ts';
import { cancelled, confirmed, created, failed, rejected } from './heard.fixture.ts';
import { missingOf, wouldTell } from './missing.ts';
import { NO_RESERVATION, type Reservation } from './reservation.ts';

const ORDER = 'order_1';
const lines = [{ productId: 'prod_1', quantity: 2 }];

const verdict: Verdict = { type: 'OrderConfirmed', eventId: 'event_0', occurredAt: '2025-12-31T00:00:00.000Z' };

const RESERVATIONS: readonly Reservation[] = [
  NO_RESERVATION,
  { ...NO_RESERVATION, verdict },
  { stock: 'Reserved', lines, verdict: null },
  { stock: 'Reserved', lines, verdict },
  { stock: 'Short', lines: [], verdict: null },
  { stock: 'GivenBack', lines: [], verdict: null },
];

const TOLD: readonly Recorded<OwnersWord>[] = [
  created(ORDER, { prod_1: 2 }),
  confirmed(ORDER),
  rejected(ORDER),
  failed(ORDER),
  cancelled(ORDER),
];

const circumstances = { stock: new Map(), expiresAt: '2026-01-01T00:00:00.000Z' };

describe('what an event would still tell a reservation', () => {
  it('is what deciding on it would change or answer', () => {
    const pairs = RESERVATIONS.flatMap((reservation) => TOLD.map((recorded) => [reservation, recorded] as const));
    const known = pairs.map(([reservation, { event }]) => wouldTell(reservation, event.type));
    const decided = pairs.map(([reservation, recorded]) => {
      const { reservation: next, answer } = decide(reservation, recorded, circumstances);
      return answer !== null || next !== reservation;
    });
    expect(known).toEqual(decided);
  });
});

const reservations = async () =>
  new Map([[ORDER, { reservation: { stock: 'Reserved', lines, verdict: null } as const, version: 1 }]]);

describe('the events that the saga misses', () => {
  it('are those of orders that it did not hear of, and those that came after what it heard', async () => {
    const unheard = created('order_2', { prod_1: 1 });
    const events = [created(ORDER, { prod_1: 2 }), confirmed(ORDER), unheard].map(({ envelope }) => envelope);
    const [, confirmation, beginning] = events.map(({ eventId }) => eventId);
    expect(await missingOf({ reservations }, events)).toEqual([confirmation, beginning]);
  });
});
