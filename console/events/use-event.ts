import { useEffect, useEffectEvent, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { useLive } from '../../ui/client/use-live.ts';
import {
  EventById,
  type EventByIdQuery,
  type EventRowFragment,
  EventsBehind,
  Feed,
} from '../../ui/generated/operations.ts';
import { sagasOfEffects } from './effects.ts';

export type FoundEdge = EventByIdQuery['events']['edges'][number];

/** One event whole; undefined while it is asked for, null when there is none. */
export const useEvent = (id: string | null) => {
  const [{ data, error, fetching }] = useQuery({ query: EventById, variables: { id: id ?? '' }, pause: id === null });
  const found = data?.events.edges[0];
  // Of the id before, as long as this one is asked for.
  const isOld = fetching || (found !== undefined && found.node.eventId !== id);
  return { edge: isOld || data === undefined ? undefined : (found ?? null), error: isOld ? undefined : error };
};

/** What an event has directly caused, in the order of the store, as far as it has; goes on when more comes. */
export const useEffects = ({ cursor, node }: FoundEdge): readonly EventRowFragment[] => {
  const client = useClient();
  const [effects, setEffects] = useState<readonly EventRowFragment[]>([]);
  const look = async (): Promise<readonly EventRowFragment[]> => {
    const answers = await Promise.all(
      sagasOfEffects(node).map((correlationId) =>
        client.query(EventsBehind, { after: cursor, filter: { correlationId } }).toPromise(),
      ),
    );
    const behind = answers.flatMap(({ data }) => data?.events.edges ?? []).map((edge) => edge.node);
    return behind.filter(({ causationId }) => causationId === node.eventId);
  };
  const begin = useEffectEvent(look);
  useEffect(() => {
    begin().then(setEffects, () => undefined);
  }, []);
  useLive({
    document: Feed,
    variables: { after: null, filter: { correlationId: node.correlationId } },
    onUpdate: () => void look().then(setEffects, () => undefined),
  });
  return effects;
};
