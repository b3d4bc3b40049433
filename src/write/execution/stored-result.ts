import { KEY_REUSED, type KeyedRequest } from '../../commands/index.ts';
import type { Json, Rejection } from '../../events/index.ts';
import { err, ok, type Result } from '../../platform/index.ts';
import type { AppendOutcome, IdempotencyRecord } from '../journal/append-request.ts';

/** The state of an aggregate that answers a command: reproducible at any later time from the journal. */
export interface Answer {
  readonly aggregateId: string;
  readonly sequence: number;
  /** What else the answer shows, which no journal could tell later. */
  readonly beside?: Json;
}

type StoredResult = { readonly answer: Answer } | { readonly rejection: Rejection };

/** What is kept under a key; null without one. */
export const recordFor = (
  request: KeyedRequest | null,
  answered: Result<Answer, Rejection>,
): IdempotencyRecord | null => {
  if (request === null) return null;
  const result: StoredResult = answered.ok ? { answer: answered.value } : { rejection: answered.error };
  return { key: request.key, requestHash: request.hash, result };
};

/** What an append that was not carried out is answered with; null when it was. */
export const settled = (
  outcome: AppendOutcome,
  idempotency: IdempotencyRecord | null,
): Result<Answer, Rejection> | 'Overtaken' | null => {
  if (outcome.type === 'Overtaken') return 'Overtaken';
  if (outcome.type === 'Appended') return null;
  if (outcome.requestHash !== idempotency?.requestHash) return err(KEY_REUSED);
  const stored = outcome.result as StoredResult;
  return 'answer' in stored ? ok(stored.answer) : err(stored.rejection);
};
