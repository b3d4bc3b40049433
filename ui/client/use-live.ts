import { type AnyVariables, type CombinedError, type TypedDocumentNode } from '@urql/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useClient } from 'urql';
import { usePageConnection } from './use-connection.ts';
import { watch } from './watch.ts';

/** Where a subscription is. */
export type LiveState =
  | { readonly kind: 'Live' }
  /** Told that nothing more will come. */
  | { readonly kind: 'Ended' }
  | { readonly kind: 'Failed'; readonly error: CombinedError };

export interface Watched<Data, Variables extends AnyVariables> {
  readonly document: TypedDocumentNode<Data, Variables>;
  /** With `after`, be it null, it is taken up again behind what came last. Null: nothing is watched. */
  readonly variables: Variables | null;
  /** Told of every update, in order. */
  readonly onUpdate: (data: Data) => void;
  /** Whether the caller says that it failed in this way; left out: the page's ConnectionBanner says so. */
  readonly showsFailure?: (error: CombinedError) => boolean;
}

interface Told {
  /** Of which variables it is told. */
  readonly key: string;
  readonly state: LiveState;
}

const LIVE: LiveState = { kind: 'Live' };

/** Watches as long as the component is there, over cuts. Another set of variables is another subscription. */
export const useLive = <Data, Variables extends AnyVariables>(watched: Watched<Data, Variables>): LiveState => {
  const client = useClient();
  const [told, setTold] = useState<Told | null>(null);
  const update = useEffectEvent(watched.onUpdate);
  const { document } = watched;
  const key = JSON.stringify(watched.variables);
  useEffect(() => {
    const variables = JSON.parse(key) as Variables | null;
    if (variables === null) return undefined;
    return watch(
      client,
      { document, variables },
      {
        onUpdate: (data) => update(data),
        onError: (error) => setTold({ key, state: { kind: 'Failed', error } }),
        onEnd: () => setTold({ key, state: { kind: 'Ended' } }),
      },
    );
  }, [client, document, key]);
  const state = told?.key === key ? told.state : LIVE;
  const lost = state.kind === 'Failed' && watched.showsFailure?.(state.error) !== true ? state.error : null;
  const { lose } = usePageConnection();
  useEffect(() => (lost === null ? undefined : lose(lost)), [lost, lose]);
  return state;
};
