import type { Operation } from '../operation/operation.ts';
import { type Field, jsonOf, object, text } from '../value.ts';

/** How an operation was answered. */
export interface Exchange {
  /** Of HTTP; null on a WebSocket. */
  readonly status: number | null;
  /** Every answer as it came, as text: one, or those of a stream. */
  readonly answers: readonly string[];
  /** Why the server closed, or that it did; null when it did not. */
  readonly closed: string | null;
  /** Until the first answer. */
  readonly ms: number;
  /** Whether a stream was cancelled by us, since it goes on for ever. */
  readonly isCancelled: boolean;
}

/** An operation as the body of a request, or as the payload of a message. */
export const payloadOf = ({ text: query, operationName, variables }: Operation): string => {
  const fields: Field[] = [['query', text(query)]];
  if (operationName !== null) fields.push(['operationName', text(operationName)]);
  if (variables.length > 0) fields.push(['variables', object(variables)]);
  return jsonOf(object(fields));
};

/** How long an answer may take before it counts as none. */
export const PATIENCE_MS = 15_000;
/** How long a subscription is read, and how many of its updates. */
export const READING_MS = 1_500;
export const MAX_UPDATES = 12;
