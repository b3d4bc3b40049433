import type { IncomingMessage, ServerResponse } from 'node:http';

/** What each part that the process needs says of itself. */
export type Readiness = Readonly<Record<string, boolean>>;

const answer = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
};

const readinessOf = async (ready: () => Promise<Readiness>): Promise<Readiness> => {
  try {
    return await ready();
  } catch {
    return { readiness: false };
  }
};

/** `/health/live`: 200 while the process answers. `/health/ready`: 200 when every part is ready, else 503, with what each says. */
export const answerHealth = async (
  request: IncomingMessage,
  response: ServerResponse,
  ready: () => Promise<Readiness>,
): Promise<void> => {
  if (request.url === '/health/live') return answer(response, 200, { status: 'live' });
  if (request.url !== '/health/ready') return answer(response, 404, { status: 'unknown' });
  const checks = await readinessOf(ready);
  const isReady = Object.values(checks).every(Boolean);
  answer(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', checks });
};
