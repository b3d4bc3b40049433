import { CombinedError } from '@urql/core';
import { useEffect, useEffectEvent, useReducer, useRef } from 'react';
import { useClient } from 'urql';
import { answerOf } from '../../ui/client/answer-of.ts';
import { useLive } from '../../ui/client/use-live.ts';
import { type EventFilter, EventPage, EventTail, FeedStart } from '../../ui/generated/operations.ts';
import { beginningOf, type EventEdge, nextTail, type Tail } from './tail.ts';

const PAGE_SIZE = 50;
/** What comes in a burst is drawn together, twenty times a second. */
const DRAW_MS = 50;

export interface LiveTail extends Tail {
  readonly release: () => void;
  readonly older: () => void;
  readonly again: () => void;
}

const errorOf = (error: unknown): CombinedError =>
  error instanceof CombinedError ? error : new CombinedError({ networkError: new Error(String(error)) });

interface Gathered {
  key: string;
  edges: EventEdge[];
  timer: number | undefined;
}

/** Gathers what comes, and hands it on a few times a second. */
const useGathered = (take: (key: string, edges: readonly EventEdge[]) => void) => {
  const gathered = useRef<Gathered>({ key: '', edges: [], timer: undefined });
  useEffect(() => {
    const { current } = gathered;
    return () => clearTimeout(current.timer);
  }, []);
  return (key: string, edge: EventEdge): void => {
    const { current } = gathered;
    if (current.key !== key) Object.assign(current, { key, edges: [] });
    current.edges.push(edge);
    current.timer ??= window.setTimeout(() => {
      const { edges } = current;
      Object.assign(current, { edges: [], timer: undefined });
      take(current.key, edges);
    }, DRAW_MS);
  };
};

/** The end of the event store as far as it fits, live; while it `isHeld`, what comes is counted and waits. */
export const useTail = (filter: EventFilter, isHeld: boolean): LiveTail => {
  const client = useClient();
  const key = JSON.stringify(filter);
  const [tail, dispatch] = useReducer(nextTail, key, beginningOf);
  const held = useRef(isHeld);
  const ask = async (asked: string, window: { readonly before?: string }) => {
    const { events } = answerOf(await client.query(EventPage, { last: PAGE_SIZE, filter, ...window }));
    return { key: asked, edges: events.edges, hasOlder: events.pageInfo.hasPreviousPage };
  };
  const first = async (asked: string): Promise<void> => {
    dispatch({ kind: 'Asked', key: asked });
    try {
      // Before the page is read: what happens between the two is told twice rather than never.
      const { events } = answerOf(await client.query(FeedStart, {}));
      const page = await ask(asked, {});
      dispatch({ kind: 'First', start: events.pageInfo.endCursor, isHeld: held.current, ...page });
    } catch (error) {
      dispatch({ kind: 'Failed', key: asked, error: errorOf(error) });
    }
  };
  const begin = useEffectEvent(first);
  useEffect(() => void begin(key), [key]);
  useEffect(() => {
    held.current = isHeld;
    if (!isHeld) dispatch({ kind: 'Released' });
  }, [isHeld]);
  const gather = useGathered((of, edges) => dispatch({ kind: 'Came', key: of, edges, isHeld: held.current }));
  useLive({
    document: EventTail,
    variables: tail.start !== undefined && tail.key === key ? { after: tail.start, filter } : null,
    onUpdate: ({ events }) => gather(key, events),
  });
  const older = async (): Promise<void> => {
    const before = tail.edges.at(-1)?.cursor;
    if (before === undefined || tail.isAskingOlder) return;
    dispatch({ kind: 'AskedOlder' });
    try {
      dispatch({ kind: 'Older', ...(await ask(key, { before })) });
    } catch (error) {
      dispatch({ kind: 'Failed', key, error: errorOf(error) });
    }
  };
  return {
    ...tail,
    release: () => dispatch({ kind: 'Released' }),
    older: () => void older(),
    again: () => void first(key),
  };
};
