import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../support/random.ts';
import type { Account } from '../account/account.ts';
import { expand } from '../api/expand.ts';
import { openRoutes, type Route } from '../api/routes.ts';
import type { ApiFault, Faults } from '../faults/faults.ts';
import {
  type Answer,
  answerOf,
  answerOfRefusal,
  failed,
  inUse,
  rateLimited,
  unauthorized,
  unavailable,
  unknownPath,
} from './answer.ts';
import { decodeForm } from './form.ts';
import { type Outcome, openIdempotency } from './idempotency.ts';
import { textsAt } from './params.ts';
import { Refusal } from './refusal.ts';

export interface Asked {
  readonly method: string;
  /** Below /v1/. */
  readonly path: string;
  /** The query, or the body. */
  readonly encoded: string;
  readonly authorization: string;
  readonly key: string | null;
}

export interface ApiParts {
  readonly account: Account;
  readonly faults: Faults;
  readonly random: Random;
  readonly secretKey: string;
  readonly searchLagMs: number;
  /** How long a slow request takes, and one that is never answered. */
  readonly slowMs: number;
  readonly hangMs: number;
}

const MAX_WORK_MS = 4;

/** Answers of a server that has not begun; undefined where it begins. */
const beforeWork = (fault: ApiFault | null, random: Random): Answer | null | undefined => {
  switch (fault) {
    case 'lose-request':
      return null;
    case 'conflict':
      return inUse();
    case 'rate-limit':
      return rateLimited(random.chance(0.5) ? 1 : null);
    case 'unavailable':
      return unavailable();
    case 'lose-answer':
    case 'hang':
    case 'slow':
    case 'error-before':
    case 'error-after':
    case null:
      return undefined;
  }
  return undefined;
};

const isAllowed = ({ authorization }: Asked, secretKey: string): boolean => {
  const basic = Buffer.from(`${secretKey}:`).toString('base64');
  return authorization === `Bearer ${secretKey}` || authorization === `Basic ${basic}`;
};

/** The same for the same parameters, in whatever order. */
const printOf = (encoded: string): string => {
  const params = new URLSearchParams(encoded);
  params.sort();
  return params.toString();
};

type Work = { readonly asked: Asked; readonly route: Route; readonly id: string; readonly fault: ApiFault | null };

const carryOut = (account: Account, { asked, route, id, fault }: Work): Outcome => {
  if (fault === 'error-before') return { answer: failed(), isKept: true };
  account.request = { id, key: asked.key };
  try {
    const params = decodeForm(asked.encoded);
    const object = route.handle({ account, params, id: route.id });
    return { answer: answerOf(200, expand(account, object, Object.values(textsAt(params, 'expand')))), isKept: true };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { answer: answerOfRefusal(error), isKept: error.isKept };
  } finally {
    account.request = null;
  }
};

/** The API of one account. An answer that is null is never given: the connection ends. */
export const openApi = (parts: ApiParts): ((asked: Asked) => Promise<Answer | null>) => {
  const { account, faults, random, secretKey } = parts;
  const routeOf = openRoutes(parts.searchLagMs);
  const once = openIdempotency(account.clock);

  const work = async (given: Work): Promise<Outcome> => {
    await delay(given.fault === 'slow' ? parts.slowMs : random.between(0, MAX_WORK_MS));
    const outcome = carryOut(account, given);
    return given.fault === 'error-after' ? { answer: failed(), isKept: true } : outcome;
  };

  const begin = async (given: Work): Promise<Answer> => {
    const { method, path, encoded, key } = given.asked;
    if (method !== 'POST' || key === null) return (await work(given)).answer;
    const keyed = { id: given.id, key, endpoint: `/v1/${path}`, print: printOf(encoded) };
    return once(keyed, () => work(given));
  };

  return async (asked) => {
    if (!isAllowed(asked, secretKey)) return unauthorized();
    const route = routeOf(asked.method, asked.path);
    if (route === undefined) return unknownPath(asked.method, `/v1/${asked.path}`);
    const fault = faults.ofRequest({ ...asked, hasKey: asked.key !== null });
    const early = beforeWork(fault, random);
    if (early !== undefined) return early;
    const id = account.newId('req');
    const answer = await begin({ asked, route, id, fault });
    if (fault === 'hang') await delay(parts.hangMs, undefined, { ref: false });
    if (fault === 'hang' || fault === 'lose-answer') return null;
    return { ...answer, headers: { 'request-id': id, ...answer.headers } };
  };
};
