import { areSpansRecorded, beginShared, type Span } from '../../platform/index.ts';
import type { AppendRequest } from './append-request.ts';

interface Waiting {
  readonly request: AppendRequest;
  readonly sinceMs: number;
}

const ABOUT = {
  'db.system.name': 'postgresql',
  'db.operation.name': 'INSERT',
  'db.collection.name': 'write.journal',
} as const;

/**
 * Begins the one span of a batch, below the first of its writes that is traced; each of them is linked to it, and told how
 * long it waited. Undefined where none is.
 */
export const beginAppend = (batch: readonly Waiting[], beganMs: number): Span | undefined => {
  if (!areSpansRecorded()) return undefined;
  const writes = batch.flatMap(({ request: { span }, sinceMs }) => (span === undefined ? [] : [{ span, sinceMs }]));
  const append = beginShared(
    writes.map(({ span }) => span),
    () => ({
      name: 'append',
      kind: 'client',
      attributes: { ...ABOUT, ...(batch.length > 1 && { 'db.operation.batch.size': batch.length }) },
    }),
  );
  if (append === undefined) return undefined;
  for (const { span, sinceMs } of writes) {
    span.link(append.traceparent);
    span.set({ 'panier.wait_ms': beganMs - sinceMs });
  }
  return append;
};
