import type { IncomingMessage, ServerResponse } from 'node:http';

/** What each part that the process needs says of itself. */
export type Readiness = Readonly<Record<string, boolean>>;

/** How readiness is answered. */
export interface Health {
  readonly ready: () => Promise<Readiness>;
  /** Whether the request may learn which part is not ready; strangers learn that one is. */
  readonly mayKnowParts: (request: IncomingMessage) => boolean | Promise<boolean>;
  /** Whether the process has started; left out by whoever answers nobody before. */
  readonly hasStarted?: () => boolean;
}

const LIVE: ReadonlySet<string> = new Set(['/livez', '/health/live']);
const READY: ReadonlySet<string> = new Set(['/readyz', '/health/ready']);
const STARTED = '/startupz';

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? '';

const answer = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

const readinessOf = async (ready: () => Promise<Readiness>): Promise<Readiness> => {
  try {
    return await ready();
  } catch {
    return { readiness: false };
  }
};

export const isAboutHealth = (request: IncomingMessage): boolean => {
  const path = pathOf(request);
  return path.startsWith('/health/') || LIVE.has(path) || READY.has(path);
};

/** As above, and how the start goes, where that is asked before it is over. */
export const isAboutProcess = (request: IncomingMessage): boolean =>
  isAboutHealth(request) || pathOf(request) === STARTED;

const answerStarted = (response: ServerResponse, hasStarted: boolean): void =>
  answer(response, hasStarted ? 200 : 503, { status: hasStarted ? 'started' : 'starting' });

/**
 * `/livez`: 200 while the process answers. `/readyz`: 200 when every part is ready, else 503. Both by their older names, too.
 * `/startupz`: 503 until the process has started.
 */
export const answerHealth = async (
  request: IncomingMessage,
  response: ServerResponse,
  { ready, mayKnowParts, hasStarted }: Health,
): Promise<void> => {
  const path = pathOf(request);
  if (LIVE.has(path)) return answer(response, 200, { status: 'live' });
  if (path === STARTED && hasStarted !== undefined) return answerStarted(response, hasStarted());
  if (!READY.has(path)) return answer(response, 404, { status: 'unknown' });
  const [checks, mayKnow] = await Promise.all([readinessOf(ready), mayKnowParts(request)]);
  const isReady = Object.values(checks).every(Boolean);
  const status = isReady ? 'ready' : 'not ready';
  answer(response, isReady ? 200 : 503, mayKnow ? { status, checks } : { status });
};
