import type { Rejection } from '../events/index.ts';

/** Of a command whose key was used before, for another command or another input. */
export const KEY_REUSED: Rejection = {
  code: 'IDEMPOTENCY_CONFLICT',
  message: 'This idempotencyKey was used before with another input: take a new key.',
  path: ['idempotencyKey'],
};
