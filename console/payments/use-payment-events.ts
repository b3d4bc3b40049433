import type { CombinedError } from '@urql/core';
import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { answerOf } from '../../ui/client/answer-of.ts';
import { untilAnswered } from '../../ui/client/until-answered.ts';
import { useLive } from '../../ui/client/use-live.ts';
import { PaymentEvents, PaymentEventsLive } from '../../ui/generated/operations.ts';
import { EVENT_TYPES } from '../events/event-types.ts';
import { type KeptEvents, NO_EVENTS, withEarlier, withLater } from './kept-events.ts';
import type { PaymentEvent } from './payments.ts';

const PAGE_SIZE = 100;
const TYPES = Object.values(EVENT_TYPES)
  .flat()
  .filter((type) => type.startsWith('Payment'));
/** One drawing for all that come within it. */
const GATHER_MS = 30;

type Begun = { readonly kind: 'Asking' } | { readonly kind: 'Begun'; readonly after: string | null };

/** Hands on what comes in bursts, together. */
const useGathered = (onEvents: (events: readonly PaymentEvent[]) => void): ((event: PaymentEvent) => void) => {
  const gathered = useRef<PaymentEvent[]>([]);
  return (event) => {
    gathered.current.push(event);
    if (gathered.current.length > 1) return;
    setTimeout(() => onEvents(gathered.current.splice(0)), GATHER_MS);
  };
};

/** What was said of payments: the last of it, then whatever comes, and what was before on demand. */
export const usePaymentEvents = () => {
  const client = useClient();
  const [kept, setKept] = useState<KeptEvents>(NO_EVENTS);
  const [begun, setBegun] = useState<Begun>({ kind: 'Asking' });
  const [error, setError] = useState<CombinedError>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    const ask = async () => {
      const { data, error: failure } = await client.query(PaymentEvents, { last: PAGE_SIZE, types: TYPES });
      setError(failure);
      return answerOf({ data, error: failure });
    };
    return untilAnswered(ask, ({ events: { edges, pageInfo } }) => {
      const nodes = edges.map(({ node }) => node);
      setKept(withEarlier(NO_EVENTS, nodes, pageInfo.hasPreviousPage ? pageInfo.startCursor : null));
      setBegun({ kind: 'Begun', after: pageInfo.endCursor });
    });
  }, [client]);
  const gather = useGathered((events) => setKept((before) => withLater(before, events)));
  const live = useLive({
    document: PaymentEventsLive,
    variables: begun.kind === 'Begun' ? { after: begun.after, types: TYPES } : null,
    onUpdate: ({ events: { node } }) => gather(node),
    showsFailure: () => true,
  });
  const askEarlier = async (): Promise<void> => {
    setBusy(true);
    const { data, error: failure } = await client.query(PaymentEvents, {
      last: PAGE_SIZE,
      before: kept.before,
      types: TYPES,
    });
    setBusy(false);
    setError(failure);
    if (data === undefined) return;
    const { edges, pageInfo } = data.events;
    const nodes = edges.map(({ node }) => node);
    setKept((before) => withEarlier(before, nodes, pageInfo.hasPreviousPage ? pageInfo.startCursor : null));
  };
  const failure = live.kind === 'Failed' ? live.error : error;
  return { kept, isBegun: begun.kind === 'Begun', error: failure, isBusy, askEarlier };
};
