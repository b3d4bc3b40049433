import { randomUUID } from 'node:crypto';
import type { Rejection } from '../events/index.ts';
import { defectRefusal, type Refusal } from '../http/index.ts';
import { Conflict, type Logger, Unavailable } from '../platform/index.ts';
import type { StockRefusal } from '../saga/index.ts';
import { PROBLEMS, type ProblemCode } from './problem.ts';

/** A refusal with the status of its code. */
export const refusal = (code: ProblemCode, message: string, more: Partial<Refusal> = {}): Refusal => ({
  status: PROBLEMS[code].status,
  code,
  message,
  ...more,
});

const KEY_REUSED = refusal(
  'IDEMPOTENCY_CONFLICT',
  'This Idempotency-Key was used before for another request: take a new key for this one.',
);

/** How a "no" of the inventory is told. @throws for one that no command of this API is answered */
export const refusalOf = (rejection: Rejection | StockRefusal): Refusal => {
  const { code, message } = rejection;
  if ('available' in rejection)
    return refusal(rejection.code, message, { extensions: { available: rejection.available } });
  if (code === 'IDEMPOTENCY_CONFLICT') return KEY_REUSED;
  if (code === 'NOT_FOUND' || code === 'INVALID_INPUT') return refusal(code, message);
  throw new Error(`The inventory refused with ${code}, which it never does.`);
};

const AGAIN = { headers: { 'retry-after': '5' } };
const AGAIN_AT_ONCE = { headers: { 'retry-after': '1' } };

const AWAY =
  'Something that this needs is away for the moment; whether it was done is not known. Ask again, with the same Idempotency-Key.';
const LOST_RACE = 'Others changed this stock at the same time. Nothing was done: ask again.';

/** What a client is told of anything that was thrown. A defect is logged, once, and only its correlation id is told. */
export const refusalOfThrown = (logger: Logger, error: unknown): Refusal => {
  if (error instanceof Conflict) return refusal('CONFLICT', LOST_RACE, AGAIN_AT_ONCE);
  if (error instanceof Unavailable) {
    logger.warn({ error }, 'A request to the inventory was refused: something it needs is away');
    return refusal('UNAVAILABLE', AWAY, AGAIN);
  }
  const correlationId = randomUUID();
  logger.error({ error, correlationId }, 'A request to the inventory met a defect');
  return defectRefusal(correlationId);
};
