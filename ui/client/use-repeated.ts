import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { Repetition } from './repetition.ts';

export interface Repeated<Data> {
  /** What was answered last; stays while it is asked again, and when it cannot be. */
  readonly data: Data | undefined;
  /** Why it could not be asked last; undefined when it could. */
  readonly error: CombinedError | undefined;
  /** Asks again: at once, or a quarter of a second after the last answer, however often it is called. */
  readonly askSoon: () => void;
}

interface RepeatedQuery<Data, Variables extends AnyVariables> {
  readonly document: TypedDocumentNode<Data, Variables>;
  /** Null: nothing is asked. */
  readonly variables: Variables | null;
  readonly everyMs: number;
  /** What was answered to other variables stays until these are answered: for variables that follow what is shown. */
  readonly keepsOld?: boolean;
}

interface Answer<Data> {
  /** To which variables. */
  readonly key: string;
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
}

const isSeen = (): boolean => !document.hidden;

/** Asks what no subscription tells of: each so often while somebody looks, and soon after an event that concerns it. */
export const useRepeated = <Data, Variables extends AnyVariables>(
  query: RepeatedQuery<Data, Variables>,
): Repeated<Data> => {
  const client = useClient();
  const [answer, setAnswer] = useState<Answer<Data> | null>(null);
  const current = useRef<Repetition>(null);
  const { document: asked, everyMs } = query;
  const key = JSON.stringify(query.variables);
  useEffect(() => {
    const variables = JSON.parse(key) as Variables | null;
    if (variables === null) return undefined;
    const ended = new AbortController();
    const act = async (): Promise<void> => {
      const { data, error } = await client.query(asked, variables).toPromise();
      if (ended.signal.aborted) return;
      setAnswer((before) => ({ key, data: data ?? (before?.key === key ? before.data : undefined), error }));
    };
    const repetition = new Repetition({ act, everyMs, isSeen });
    current.current = repetition;
    document.addEventListener('visibilitychange', () => repetition.soon(), { signal: ended.signal });
    return () => {
      repetition.end();
      ended.abort();
    };
  }, [client, asked, key, everyMs]);
  const askSoon = useCallback(() => current.current?.soon(), []);
  return answer !== null && (answer.key === key || query.keepsOld === true)
    ? { data: answer.data, error: answer.error, askSoon }
    : { data: undefined, error: undefined, askSoon };
};
