import { expect } from 'vitest';
import { ownSleep } from '../../harness/support/own-time.ts';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import type { Place } from './arguments-of.ts';

interface Answered {
  readonly status: number;
  /** Codes of its errors. */
  readonly codes: readonly string[];
  /** Where bad input is said to be. */
  readonly paths: readonly (readonly string[])[];
}

export const codesIn = (body: string): readonly string[] =>
  [...body.matchAll(/"code":"(\w+)"/g)].map(([, code = '']) => code);

const pathsIn = (body: string): Answered['paths'] =>
  [...body.matchAll(/"code":"BAD_USER_INPUT"(?:,"path":(\[[^\]]*\]))?/g)].map(
    ([, path = '[]']) => JSON.parse(path) as readonly string[],
  );

const answered = (status: number, body: string): Answered => ({ status, codes: codesIn(body), paths: pathsIn(body) });

/** Asks with the value in that place; of a subscription, what comes within moments. */
export const askAt = async (url: string, { document, kind, valueOf }: Place, value: unknown): Promise<Answered> => {
  const ending = new AbortController();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      ...AS_OPERATOR,
      'content-type': 'application/json',
      accept: kind === 'query' ? 'application/json' : 'text/event-stream',
    },
    body: JSON.stringify({ query: document, variables: { value: valueOf(value) } }),
    signal: ending.signal,
  });
  if (kind === 'query') return answered(response.status, await response.text());
  // A subscription that may start has nothing to say yet, or never ends.
  void ownSleep(300).then(() => ending.abort());
  const chunks: string[] = [];
  try {
    for await (const chunk of response.body ?? []) chunks.push(Buffer.from(chunk).toString());
  } catch {
    expect(ending.signal.aborted).toBe(true);
  }
  return answered(response.status, chunks.join(''));
};
