import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { sleep } from '../../../src/platform/index.ts';
import { signedInAs } from '../../support/tokens.ts';

export interface Command {
  /** Null asks as an operator. */
  readonly customerId: string | null;
  /** A mutation of one field, called `result`. */
  readonly mutation: string;
  readonly input: object;
  /** Of each attempt its own; null begins no trace. */
  readonly traceparent?: () => string | null;
}

interface Made {
  readonly id: string;
}

interface Reply {
  readonly data?: { readonly result?: (Made & { readonly code?: string }) | null } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export interface Client extends AsyncDisposable {
  /** Asks again, under the same key, as long as it is told to. @throws when the command was refused */
  readonly command: (command: Command) => Promise<Made>;
}

const CONNECTIONS = 32;
const ATTEMPTS = 40;
const PAUSE_MS = 250;
/** By these the API asks to come again. */
const AGAIN = new Set(['UNAVAILABLE', 'CONFLICT', 'RATE_LIMITED']);

const isToComeAgain = ({ errors }: Reply): boolean => AGAIN.has(errors?.[0]?.extensions?.code ?? '');

const madeBy = ({ data, errors }: Reply, mutation: string): Made => {
  const result = data?.result;
  if (errors === undefined && result !== null && result !== undefined && result.code === undefined) return result;
  throw new Error(`${mutation.slice(0, 80)}: ${errors?.[0]?.message ?? result?.code ?? 'no answer'}`);
};

const headersOf = async ({ customerId, traceparent }: Command): Promise<Record<string, string>> => {
  const own = traceparent?.() ?? null;
  return {
    'content-type': 'application/json',
    ...(await signedInAs(customerId)),
    ...(own !== null && { traceparent: own }),
  };
};

/** Asks one gateway, on connections that are kept. */
export const openClient = (url: string): Client => {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const post = async (command: Command, body: string): Promise<Reply> => {
    const response = await pool.request({ path, method: 'POST', headers: await headersOf(command), body });
    return (await response.body.json()) as Reply;
  };
  return {
    command: async (command) => {
      const { mutation: query, input } = command;
      const body = JSON.stringify({ query, variables: { input: { ...input, idempotencyKey: randomUUID() } } });
      let reply = await post(command, body);
      for (let attempt = 1; attempt < ATTEMPTS && isToComeAgain(reply); attempt += 1) {
        await sleep(PAUSE_MS);
        reply = await post(command, body);
      }
      return madeBy(reply, query);
    },
    [Symbol.asyncDispose]: () => pool.close(),
  };
};
