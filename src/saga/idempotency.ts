import { createHash } from 'node:crypto';
import type { Tx } from '../database/index.ts';
import type { Rejection } from '../events/index.ts';
import { Conflict, err, type Result } from '../platform/index.ts';

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
export const firstAnswer = async <T>(tx: Tx, { key, hash }: Request): Promise<Result<T, Rejection> | null> => {
  const row = await tx
    .selectFrom('saga.idempotency')
    .select(['request_hash', 'result'])
    .where('key', '=', key)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.request_hash === hash) return row.result as Result<T, Rejection>;
  return err({ code: 'IDEMPOTENCY_CONFLICT', message: 'The idempotency key was used before, with another input.' });
};

/**
 * Keeps the answer for repetitions.
 * @throws {Conflict} when a concurrent command took the key: it waits for its commit first.
 */
export const keepAnswer = async <T>(tx: Tx, { key, hash }: Request, answer: Result<T, Rejection>): Promise<void> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('saga.idempotency')
    .values({ key, request_hash: hash, result: JSON.stringify(answer) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) throw new Conflict('A concurrent command has the same idempotency key.');
};
