import { useCallback, useRef } from 'react';
import { useClient } from 'urql';
import { intentKey } from '../../ui/client/intent-key.ts';
import { type Outcome, outcomeOf } from '../../ui/client/outcome.ts';
import { DeadLetterDiscard, DeadLetterRetry } from '../../ui/generated/operations.ts';
import type { Decision } from './settling.ts';

/** Retries or discards a dead letter. One decision of one letter has one key, until it is done. */
export const useDecide = (): ((id: string, decision: Decision) => Promise<Outcome<unknown>>) => {
  const client = useClient();
  const keys = useRef(new Map<string, string>());
  return useCallback(
    async (id, decision) => {
      const wish = JSON.stringify([id, decision]);
      const idempotencyKey = keys.current.get(wish) ?? intentKey();
      keys.current.set(wish, idempotencyKey);
      const input = { id, idempotencyKey };
      const outcome =
        decision.kind === 'Retry'
          ? outcomeOf(await client.mutation(DeadLetterRetry, { input }), (data) => data.retryDeadLetter)
          : outcomeOf(
              await client.mutation(DeadLetterDiscard, { input: { ...input, reason: decision.reason } }),
              (data) => data.discardDeadLetter,
            );
      if (outcome.kind === 'Done') keys.current.delete(wish);
      return outcome;
    },
    [client],
  );
};
