import { setTimeout as delay } from 'node:timers/promises';
import { AS_OPERATOR } from '../../support/tokens.ts';

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** What is asked again: nothing was done, or it is not known. */
const AGAIN: readonly (string | undefined)[] = ['UNAVAILABLE', 'CONFLICT', 'READ_TIMEOUT'];

const PAUSE_MS = 250;
const MAX_TRIES = 240;

export interface Panier {
  /** Another one after each crash. */
  url: string;
  /** How often something had to be asked for again. */
  repeated: number;
}

const NOT_THERE: Answer<never> = { errors: [{ message: 'No answer.', extensions: { code: 'UNAVAILABLE' } }] };

const exchange = async <Data>({ url }: Panier, query: string, variables: object): Promise<Answer<Data>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...AS_OPERATOR, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<Data>;
};

/** Whoever is not answered does not know what was done: it asks again under the same key. */
const once = <Data>(panier: Panier, query: string, variables: object): Promise<Answer<Data>> =>
  exchange<Data>(panier, query, variables).catch(() => NOT_THERE);

/** What panier answers in the end, to a question that may be asked again. @throws when it answers with another error */
export const ask = async <Data>(panier: Panier, query: string, variables: object): Promise<Data> => {
  for (let tries = 1; ; tries += 1) {
    const { data, errors = [] } = await once<Data>(panier, query, variables);
    if (errors.length === 0 && data !== undefined && data !== null) return data;
    const isTemporary = errors.every(({ extensions }) => AGAIN.includes(extensions?.code));
    if (!isTemporary || tries === MAX_TRIES) throw new Error(`${query} failed: ${JSON.stringify(errors)}`);
    panier.repeated += 1;
    await delay(PAUSE_MS);
  }
};
