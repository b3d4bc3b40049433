import { useEffect, useEffectEvent, useState } from 'react';
import { useClient } from 'urql';
import { answerOf } from '../../ui/client/answer-of.ts';
import { untilAnswered } from '../../ui/client/until-answered.ts';
import { useLive } from '../../ui/client/use-live.ts';
import { type EventFilter, Feed, FeedStart, type FeedSubscription } from '../../ui/generated/operations.ts';
import { useMay } from '../sign-in/viewer-context.ts';

const POLL_MS = 3_000;

/** Something that happened, as little of it as tells what to read again. */
export type FeedEvent = FeedSubscription['events']['node'];

interface Feeding {
  readonly filter?: EventFilter;
  readonly onEvent: (event: FeedEvent) => void;
  /** Anything may have changed: each few seconds, for who may not read events. */
  readonly onTick: () => void;
}

export interface ChangeFeed {
  /** What is read from now on is not older than what the feed tells of. */
  readonly isReady: boolean;
}

/** Where the event store stands; null: at its beginning. Undefined: not known yet. */
const useStart = (isAllowed: boolean): string | null | undefined => {
  const client = useClient();
  const [start, setStart] = useState<string | null>();
  useEffect(() => {
    if (!isAllowed) return undefined;
    // Not known is not "from now on": what happened until then would be passed over.
    return untilAnswered(
      async () => answerOf(await client.query(FeedStart, {})),
      ({ events }) => setStart(events.pageInfo.endCursor),
    );
  }, [client, isAllowed]);
  return start;
};

/** Tells of what happens from now on. Read only once it `isReady`: what happens between two readings is missed by neither. */
export const useChangeFeed = ({ filter, onEvent, onTick }: Feeding): ChangeFeed => {
  const mayFollow = useMay('events:read');
  const start = useStart(mayFollow);
  useLive({
    document: Feed,
    variables: start === undefined ? null : { after: start, ...(filter && { filter }) },
    onUpdate: ({ events: { node } }) => onEvent(node),
  });
  const tick = useEffectEvent(onTick);
  useEffect(() => {
    if (mayFollow) return undefined;
    const timer = setInterval(() => tick(), POLL_MS);
    return () => clearInterval(timer);
  }, [mayFollow]);
  return { isReady: !mayFollow || start !== undefined };
};
