import type { AnyVariables, Client, CombinedError, TypedDocumentNode } from '@urql/core';

interface Watcher<Data> {
  /** Told of every update, in order, once. */
  readonly onUpdate: (data: Data) => void;
  readonly onError: (error: CombinedError) => void;
  /** Nothing more will come. */
  readonly onEnd: () => void;
}

interface Watchable<Data, Variables extends AnyVariables> {
  readonly document: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
}

/** Watches a subscription. Answers with what ends that. */
export const watch = <Data, Variables extends AnyVariables>(
  client: Client,
  { document, variables }: Watchable<Data, Variables>,
  { onUpdate, onError, onEnd }: Watcher<Data>,
): (() => void) => {
  let last: Data | null | undefined;
  const { unsubscribe } = client.subscription(document, variables).subscribe(({ data, error, hasNext }) => {
    if (error !== undefined) return onError(error);
    // urql tells of the end with the last update once more.
    if (data !== undefined && data !== null && data !== last) onUpdate(data);
    last = data;
    if (!hasNext) onEnd();
  });
  return unsubscribe;
};
