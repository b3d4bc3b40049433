import type { IncomingMessage, ServerResponse } from 'node:http';

/** What each part that the process needs says of itself. */
export type Readiness = Readonly<Record<string, boolean>>;

/** What a process says of itself to probes. */
export interface Probed {
  /** What /readyz says: each part that the process needs, and whether it is there. */
  readonly ready: () => Promise<Readiness>;
  /** Whether it can answer clients something, whatever else is not ready. */
  readonly serving: () => Promise<boolean>;
}

/** How probes are answered. */
export interface Health extends Probed {
  /** Whether the request may learn which part is not ready; strangers learn that one is. */
  readonly mayKnowParts: (request: IncomingMessage) => boolean | Promise<boolean>;
  /** Whether the process has started; left out by whoever answers nobody before. */
  readonly hasStarted?: () => boolean;
}

const LIVE: ReadonlySet<string> = new Set(['/livez', '/health/live']);
const READY: ReadonlySet<string> = new Set(['/readyz', '/health/ready']);
const SERVING = '/readyz/serving';
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
  return path.startsWith('/health/') || LIVE.has(path) || READY.has(path) || path === SERVING;
};

/** As above, and how the start goes, where that is asked before it is over. */
export const isAboutProcess = (request: IncomingMessage): boolean =>
  isAboutHealth(request) || pathOf(request) === STARTED;

const answerStarted = (response: ServerResponse, hasStarted: boolean): void =>
  answer(response, hasStarted ? 200 : 503, { status: hasStarted ? 'started' : 'starting' });

const answerServing = async (response: ServerResponse, serving: Health['serving']): Promise<void> => {
  const isServing = await serving().catch(() => false);
  answer(response, isServing ? 200 : 503, { status: isServing ? 'serving' : 'not serving' });
};

/**
 * `/livez`: 200 while the process answers. `/readyz`: 200 when every part is ready, else 503. Both by their older names, too.
 * `/readyz/serving`: 200 while it can answer clients something, else 503. `/startupz`: 503 until the process has started.
 */
export const answerHealth = async (
  request: IncomingMessage,
  response: ServerResponse,
  { ready, serving, mayKnowParts, hasStarted }: Health,
): Promise<void> => {
  const path = pathOf(request);
  if (LIVE.has(path)) return answer(response, 200, { status: 'live' });
  if (path === SERVING) return answerServing(response, serving);
  if (path === STARTED && hasStarted !== undefined) return answerStarted(response, hasStarted());
  if (!READY.has(path)) return answer(response, 404, { status: 'unknown' });
  const [checks, mayKnow] = await Promise.all([readinessOf(ready), mayKnowParts(request)]);
  const isReady = Object.values(checks).every(Boolean);
  const status = isReady ? 'ready' : 'not ready';
  answer(response, isReady ? 200 : 503, mayKnow ? { status, checks } : { status });
};
