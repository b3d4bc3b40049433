import { useEffect, useState } from 'react';
import { type Client, useClient } from 'urql';
import { answerOf } from '../../ui/client/answer-of.ts';
import { untilAnswered } from '../../ui/client/until-answered.ts';
import { useLive } from '../../ui/client/use-live.ts';
import { type CartEventFragment, CartEvents, CartEventsLive } from '../../ui/generated/operations.ts';
import type { CartEvent } from './changes.ts';

const allOf = async (client: Client, id: string): Promise<readonly CartEventFragment[]> => {
  const edges: CartEventFragment[] = [];
  // A cart has some 1,000 changes at most.
  for (;;) {
    const variables = { id, after: edges.at(-1)?.cursor ?? null };
    const { events } = answerOf(await client.query(CartEvents, variables));
    edges.push(...events.edges);
    if (!events.pageInfo.hasNextPage) return edges;
  }
};

interface Read {
  readonly edges: readonly CartEventFragment[];
  /** Where the store stood then, as far as this cart goes. */
  readonly after: string | null;
}

/** All events of a cart, oldest first, and those that come; null as long as they cannot be read. */
export const useCartEvents = (id: string, isAllowed: boolean): readonly CartEvent[] | null => {
  const client = useClient();
  const [read, setRead] = useState<Read | null>(null);
  useEffect(() => {
    if (!isAllowed) return undefined;
    return untilAnswered(
      () => allOf(client, id),
      (edges) => setRead({ edges, after: edges.at(-1)?.cursor ?? null }),
    );
  }, [client, id, isAllowed]);
  useLive({
    document: CartEventsLive,
    variables: read === null ? null : { id, after: read.after },
    onUpdate: ({ events }) => setRead((before) => before && { ...before, edges: [...before.edges, events] }),
  });
  return read?.edges.map(({ node }) => node) ?? null;
};
