import { createHash } from 'node:crypto';
import type { Rejection } from '../events/index.ts';
import { Conflict, err, type Result } from '../platform/index.ts';
import type { LedgerTransaction } from './ledger-store.ts';

/** A command's key, and a hash of what it asked for. */
export interface Request {
  readonly key: string;
  readonly hash: string;
}

export const requestOf = (key: string, input: readonly unknown[]): Request => ({
  key,
  hash: createHash('sha256').update(JSON.stringify(input)).digest('base64url'),
});

/** What the key's first command was answered with; null when the key is new. */
export const firstAnswer = async <T>(
  tx: LedgerTransaction,
  { key, hash }: Request,
): Promise<Result<T, Rejection> | null> => {
  const kept = await tx.findAnswer(key);
  if (kept === null) return null;
  if (kept.hash === hash) return kept.answer as Result<T, Rejection>;
  return err({ code: 'IDEMPOTENCY_CONFLICT', message: 'The idempotency key was used before, with another input.' });
};

/**
 * Keeps the answer for repetitions.
 * @throws {Conflict} when a concurrent command took the key: it waits for its commit first.
 */
export const keepAnswer = async <T>(
  tx: LedgerTransaction,
  request: Request,
  answer: Result<T, Rejection>,
): Promise<void> => {
  if (!(await tx.keepAnswer({ ...request, answer }))) {
    throw new Conflict('A concurrent command has the same idempotency key.');
  }
};
