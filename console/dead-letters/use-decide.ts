import { useCallback, useRef } from 'react';
import { useClient } from 'urql';
import { type Outcome, outcomeOf } from '../../ui/client/outcome.ts';
import { WishKeys } from '../../ui/client/wish-keys.ts';
import { DeadLetterDiscard, DeadLetterRetry } from '../../ui/generated/operations.ts';
import type { Decision } from './settling.ts';

/** Retries or discards a dead letter. One decision of one letter has one key, until it is answered. */
export const useDecide = (): ((id: string, decision: Decision) => Promise<Outcome<unknown>>) => {
  const client = useClient();
  const keys = useRef(new WishKeys());
  return useCallback(
    async (id, decision) => {
      const wish = JSON.stringify([id, decision]);
      const input = { id, idempotencyKey: keys.current.keyOf(wish) };
      const outcome =
        decision.kind === 'Retry'
          ? outcomeOf(await client.mutation(DeadLetterRetry, { input }), (data) => data.retryDeadLetter)
          : outcomeOf(
              await client.mutation(DeadLetterDiscard, { input: { ...input, reason: decision.reason } }),
              (data) => data.discardDeadLetter,
            );
      keys.current.settle(wish, outcome);
      return outcome;
    },
    [client],
  );
};
