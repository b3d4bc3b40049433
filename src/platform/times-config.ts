import type { EnvironmentReader } from './environment.ts';

const SECOND_MS = 1_000;
const DAY_SECONDS = 86_400;

/** How long what lasts, and after how long or how much something is done. */
export const readTimes = ({ integer }: EnvironmentReader) => ({
  reservationMs: integer('PANIER_RESERVATION_SECONDS', { fallback: 900, min: 1, max: 30 * DAY_SECONDS }) * SECOND_MS,
  chargeBackoffMs: integer('PANIER_CHARGE_BACKOFF_MS', { fallback: 500, min: 1, max: 60_000 }),
  chargeGraceMs: integer('PANIER_CHARGE_GRACE_SECONDS', { fallback: 60, min: 0, max: 3_600 }) * SECOND_MS,
  claimIdleMs: integer('PANIER_CLAIM_IDLE_MS', { fallback: 30_000, min: 100, max: 3_600_000 }),
  leaseMs: integer('PANIER_LEASE_MS', { fallback: 3_000, min: 500, max: 60_000 }),
  maxDeliveries: integer('PANIER_MAX_DELIVERIES', { fallback: 8, min: 1, max: 1_000 }),
  sweepAfterMs: integer('PANIER_SWEEP_AFTER_MS', { fallback: 15_000, min: 100, max: 3_600_000 }),
  streamRetention: integer('PANIER_STREAM_RETENTION', { fallback: 100_000, min: 100, max: 100_000_000 }),
  idempotencyTtlHours: integer('PANIER_IDEMPOTENCY_TTL_HOURS', { fallback: 48, min: 24, max: 8_760 }),
});
