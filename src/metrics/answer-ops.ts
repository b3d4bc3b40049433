import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answering, answerHealth, isAboutProcess, type Probed, type Refusal, type Refuse } from '../http/index.ts';
import type { Metrics } from './open-metrics.ts';

/** What a process says of itself to whoever looks after it. */
export interface Told extends Probed {
  readonly metrics: Metrics;
  readonly hasStarted: () => boolean;
}

const METRICS = '/metrics';

const NOT_HERE: Refusal = {
  status: 404,
  code: 'NOT_FOUND',
  message: `There is nothing here: ask for ${METRICS}, /livez, /readyz or /startupz.`,
};
const READ_ONLY: Refusal = {
  status: 405,
  code: 'BAD_REQUEST',
  message: 'All here is read: use GET.',
  headers: { allow: 'GET, HEAD' },
};

export const refuse: Refuse = (response, { status, message, headers }) => {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${message}\n`);
};

const sendMetrics = async (response: ServerResponse, { contentType, text }: Metrics): Promise<void> => {
  const body = await text();
  response.writeHead(200, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }).end(body);
};

/** Strangers do not reach this port. */
const mayKnowParts = (): boolean => true;

/** Answers whoever reaches the port, with all parts. */
export const answerOps = ({ metrics, ...health }: Told): Answering => {
  return (request: IncomingMessage, response: ServerResponse) => {
    const [path] = (request.url ?? '').split('?', 1);
    const isAboutMetrics = path === METRICS;
    if (!isAboutMetrics && !isAboutProcess(request)) return refuse(response, NOT_HERE);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, READ_ONLY);
    return isAboutMetrics
      ? sendMetrics(response, metrics)
      : answerHealth(request, response, { ...health, mayKnowParts });
  };
};
