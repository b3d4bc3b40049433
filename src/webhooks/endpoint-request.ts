import { type Allowed, CATALOGUE, type EventType, isEventType, type Rejection, shownText } from '../events/index.ts';
import { err, ok, type Result } from '../platform/index.ts';
import { assertTarget, RefusedTarget, type TargetRules } from './connector.ts';

const MAX_URL_LENGTH = 2_000;
/** Below them live mail, shells and the like, which a request could be made to speak to. */
const FIRST_FREE_PORT = 1_024;
const WEB_PORTS = ['', '80', '443'];

const invalid = (message: string, field: 'url' | 'eventTypes', allowed: Allowed): Result<never, Rejection> =>
  err({ code: 'INVALID_INPUT', message, path: [field], allowed });

const URL_ALLOWED: Allowed = { type: 'string', format: 'uri', maxLength: MAX_URL_LENGTH, pattern: '^https?://[^#]*$' };
const TYPES_ALLOWED: Allowed = { type: 'array', minItems: 1, items: { enum: Object.keys(CATALOGUE) } };

const urlProblem = (url: URL): string | null => {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'has to begin with https://.';
  if (url.username !== '' || url.password !== '')
    return 'holds a user or a password: leave them out, and let the receiver verify the signature.';
  if (url.hash !== '') return 'has to end before the #: what is behind it is not sent.';
  if (!WEB_PORTS.includes(url.port) && Number(url.port) < FIRST_FREE_PORT)
    return `names port ${url.port}: take 80, 443 or one from ${FIRST_FREE_PORT} on.`;
  return null;
};

const targetProblem = ({ hostname, protocol }: URL, rules: TargetRules): string | null => {
  try {
    assertTarget(hostname, protocol, rules);
    return null;
  } catch (error) {
    if (error instanceof RefusedTarget) return error.message;
    throw error;
  }
};

const badUrl = (why: string): Result<never, Rejection> => invalid(`url ${why}`, 'url', URL_ALLOWED);

/** The URL as it is called; what its name resolves to is looked at when it is. */
export const readUrl = (given: string, rules: TargetRules): Result<string, Rejection> => {
  if (given.length > MAX_URL_LENGTH) return badUrl(`has at most ${MAX_URL_LENGTH} characters.`);
  const url = URL.parse(given);
  if (url === null) return badUrl('is no URL: give one such as https://shop.example/webhooks.');
  const problem = urlProblem(url) ?? targetProblem(url, rules);
  return problem === null ? ok(url.href) : badUrl(problem);
};

const badTypes = (why: string): Result<never, Rejection> => invalid(`eventTypes${why}`, 'eventTypes', TYPES_ALLOWED);

/** The types in the catalogue's own words, each once; null: all there are, and those to come. */
export const readEventTypes = (given: readonly string[] | null): Result<readonly EventType[] | null, Rejection> => {
  if (given === null) return ok(null);
  if (given.length === 0) return badTypes(' is empty: name at least one, or leave it out for all.');
  const unknown = given.find((type) => !isEventType(type));
  if (unknown === undefined) return ok([...new Set(given.filter(isEventType))]);
  const known = Object.keys(CATALOGUE).join(', ');
  return badTypes(`: ${shownText(unknown)} is no type of event. There are ${known}.`);
};
