import { setTimeout as after } from 'node:timers/promises';
import { ask } from '../chaos/shop/index.ts';

/** An operator's question, answered whole. @throws when it is not */
export const answerTo = async <T>(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<T> => {
  const { data, errors } = await ask({ url, customerId: null, query, variables });
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data as T;
};

export interface Waiting<T> {
  readonly what: string;
  readonly ms: number;
  /** Null as long as it is not so. */
  readonly look: () => Promise<T | null>;
}

const POLL_MS = 250;

/** Looks until there is something to see; who is not answered looks again. @throws when patience ends */
export const until = async <T>({ what, ms, look }: Waiting<T>): Promise<T> => {
  const deadlineMs = performance.now() + ms;
  for (let cause: unknown = null; ; ) {
    const seen = await look().catch((error: unknown) => {
      cause = error;
      return null;
    });
    if (seen !== null) return seen;
    if (performance.now() > deadlineMs) throw new Error(`Not in ${ms / 1_000} s: ${what}`, { cause });
    await after(POLL_MS);
  }
};
