import type { IncomingMessage, ServerResponse } from 'node:http';

/** What each part that the process needs says of itself. */
export type Readiness = Readonly<Record<string, boolean>>;

/** How readiness is answered. */
export interface Health {
  readonly ready: () => Promise<Readiness>;
  /** Whether the request may learn which part is not ready; strangers learn that one is. */
  readonly mayKnowParts: (request: IncomingMessage) => boolean | Promise<boolean>;
}

const LIVE: ReadonlySet<string> = new Set(['/livez', '/health/live']);
const READY: ReadonlySet<string> = new Set(['/readyz', '/health/ready']);

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

/** `/livez`: 200 while the process answers. `/readyz`: 200 when every part is ready, else 503. Both by their older names, too. */
export const answerHealth = async (
  request: IncomingMessage,
  response: ServerResponse,
  { ready, mayKnowParts }: Health,
): Promise<void> => {
  const path = pathOf(request);
  if (LIVE.has(path)) return answer(response, 200, { status: 'live' });
  if (!READY.has(path)) return answer(response, 404, { status: 'unknown' });
  const [checks, mayKnow] = await Promise.all([readinessOf(ready), mayKnowParts(request)]);
  const isReady = Object.values(checks).every(Boolean);
  const status = isReady ? 'ready' : 'not ready';
  answer(response, isReady ? 200 : 503, mayKnow ? { status, checks } : { status });
};
