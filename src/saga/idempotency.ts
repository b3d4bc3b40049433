import { KEY_REUSED, type KeyedRequest } from '../commands/index.ts';
import type { Rejection } from '../events/index.ts';
import { Conflict, err, type Result } from '../platform/index.ts';
import type { LedgerTransaction } from './ledger-store.ts';

/** What the key's first command was answered with; null when the key is new. */
export const firstAnswer = async <T>(
  tx: LedgerTransaction,
  { key, hash }: KeyedRequest,
): Promise<Result<T, Rejection> | null> => {
  const kept = await tx.findAnswer(key);
  if (kept === null) return null;
  return kept.hash === hash ? (kept.answer as Result<T, Rejection>) : err(KEY_REUSED);
};

/**
 * Keeps the answer for repetitions.
 * @throws {Conflict} when a concurrent command took the key: it waits for its commit first.
 */
export const keepAnswer = async (
  tx: LedgerTransaction,
  { key, hash }: KeyedRequest,
  answer: Result<object, unknown>,
): Promise<void> => {
  if (!(await tx.keepAnswer({ key, hash, answer }))) {
    throw new Conflict('A concurrent command has the same idempotency key.');
  }
};
