import { errors, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from 'jose';
import {
  assertNever,
  type Clock,
  type Logger,
  systemClock,
  type TokenConfig,
  type TokenKey,
} from '../platform/index.ts';
import type { Admission } from './admission.ts';
import { admissionOf } from './claims.ts';
import { openKeySet, PACE, type Pace } from './key-set.ts';
import { expired, notValid } from './unauthenticated.ts';

/** Clocks of machines differ. */
export const LEEWAY_SECONDS = 30;

export interface BearerTokens extends AsyncDisposable {
  /** @throws {Unauthenticated} and, when the key is to be asked for elsewhere in vain, {Unavailable} */
  readonly verify: (token: string) => Promise<Admission>;
}

export interface BearerOptions {
  readonly config: TokenConfig;
  readonly key: TokenKey;
  readonly logger: Logger;
  /** Other keys hold than before: what was verified by then has to be verified again. */
  readonly onKeys: () => void;
  readonly pace?: Pace;
  readonly clock?: Clock;
}

interface OpenKey extends AsyncDisposable {
  readonly keyOf: JWTVerifyGetKey;
}

const fixed = (key: Awaited<ReturnType<JWTVerifyGetKey>>): OpenKey => ({
  keyOf: () => key,
  [Symbol.asyncDispose]: async () => undefined,
});

const openKey = ({ key, logger, onKeys, pace = PACE, clock = systemClock }: BearerOptions): OpenKey => {
  switch (key.kind) {
    case 'Development':
    case 'Secret':
      return fixed(key.secret);
    case 'PublicKey':
      return fixed(key.publicKey);
    case 'KeySet':
      return openKeySet({ url: key.url, logger, pace, clock, onRenewed: onKeys });
  }
  return assertNever(key);
};

const optionsOf = ({ algorithms, issuer, audience }: TokenConfig): JWTVerifyOptions => ({
  algorithms: [...algorithms],
  requiredClaims: ['exp', 'sub'],
  clockTolerance: LEEWAY_SECONDS,
  ...(issuer !== null && { issuer }),
  ...(audience !== null && { audience }),
});

/** A revocation is of what was issued before it: one that says it comes from the future would outlast them all. */
const isOfTheFuture = ({ iat = 0 }: JWTPayload): boolean => iat > Date.now() / 1_000 + LEEWAY_SECONDS;

/** What the client is told of it: that, and no more, for the rest tells a stranger what to try next. */
const refusalOf = (error: unknown): unknown => {
  if (error instanceof errors.JWTExpired) return expired();
  return error instanceof errors.JOSEError ? notValid(error) : error;
};

/** Verifies JSON Web Tokens as the configuration says, and nothing else. Source: RFC 7519, RFC 8725. */
export const openBearerTokens = (options: BearerOptions): BearerTokens => {
  const { config } = options;
  const { keyOf, [Symbol.asyncDispose]: close } = openKey(options);
  const fixedOptions = optionsOf(config);
  const verify = async (token: string): Promise<Admission> => {
    try {
      const { payload } = await jwtVerify(token, keyOf, fixedOptions);
      if (isOfTheFuture(payload)) throw notValid();
      return admissionOf(payload, config);
    } catch (error) {
      throw refusalOf(error);
    }
  };
  return { verify, [Symbol.asyncDispose]: close };
};
