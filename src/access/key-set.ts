import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey, jwksCache } from 'jose';
import { type Clock, type Logger, repeat, Unavailable } from '../platform/index.ts';

/** How patiently, and how often, a JWKS is asked for. */
export interface Pace {
  readonly timeoutMs: number;
  /** From one that was had to one for the sake of a key that it had not. */
  readonly cooldownMs: number;
  /** From one that was not had to the next. */
  readonly restMs: number;
  /** Between two for the sake of keys that were taken back. */
  readonly renewMs: number;
}

export const PACE: Pace = { timeoutMs: 5_000, cooldownMs: 30_000, restMs: 5_000, renewMs: 300_000 };

const MAX_BYTES = 256_000;

interface Options {
  readonly url: string;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The keys may be others than before. */
  readonly onRenewed: () => void;
}

export interface KeySet extends AsyncDisposable {
  /** @throws {Unavailable} when the key is not known, and the URL does not tell */
  readonly keyOf: JWTVerifyGetKey;
}

class Resting extends Error {
  override readonly name = 'Resting';
}

/** No more of it than a set of keys may have: who serves it is not ours. */
const textOf = async ({ body }: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new Error(`The JWKS has more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

/** jose counts its cooldown from a success: without a rest, each token of a stranger would be a request to who is down. */
const fetchAtRest = ({ clock, pace }: Options) => {
  let restsUntilMs = Number.NEGATIVE_INFINITY;
  return async (url: string, request: RequestInit): Promise<Response> => {
    if (clock.nowMs() < restsUntilMs) throw new Resting('The JWKS was asked for a moment ago');
    restsUntilMs = clock.nowMs() + pace.restMs;
    const response = await fetch(url, request);
    return new Response(await textOf(response), { status: response.status });
  };
};

const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;

/**
 * The keys at a URL. One that is known goes on being known while the URL is away; one that is not makes them be asked for
 * again, once in a while.
 */
export const openKeySet = (options: Options): KeySet => {
  const { url, pace, clock, logger, onRenewed } = options;
  const had: { uat?: number } = {};
  let renewedAt: number | undefined;
  const keys = createRemoteJWKSet(new URL(url), {
    timeoutDuration: pace.timeoutMs,
    cooldownDuration: pace.cooldownMs,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    [customFetch]: fetchAtRest(options),
    [jwksCache]: had as Record<string, never>,
  });
  const noteRenewal = (): void => {
    if (had.uat === renewedAt) return;
    renewedAt = had.uat;
    onRenewed();
  };
  const onFailure = (error: unknown): void => {
    if (!(error instanceof Resting)) logger.warn({ error }, 'The JWKS is not to be had; the keys known stay valid');
  };
  const keyOf: JWTVerifyGetKey = async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (isOfToken(error)) throw error;
      onFailure(error);
      throw new Unavailable('The keys of tokens are away', { cause: error });
    } finally {
      noteRenewal();
    }
  };
  const renew = (): Promise<void> => keys.reload().then(noteRenewal);
  renew().catch(onFailure);
  const renewal = repeat(renew, { everyMs: pace.renewMs, clock, onFailure });
  return { keyOf, [Symbol.asyncDispose]: () => renewal[Symbol.asyncDispose]() };
};
