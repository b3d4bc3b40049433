import { STATUS_CODES } from 'node:http';
import { Pool } from 'undici';
import {
  type Clock,
  currentSpan,
  currentTraceparent,
  errorCodeOf,
  type InventoryConfig,
  type Logger,
} from '../../platform/index.ts';
import { countedInventory } from './counted-inventory.ts';
import { type Call, callKey } from './intent.ts';
import type { Inventory } from './inventory.ts';
import { type Answer, isRefusal, needsOperator, outcomeOf, UNANSWERED } from './outcome.ts';
import { readBounded } from './read-bounded.ts';

export interface HttpInventoryOptions {
  readonly config: Pick<InventoryConfig, 'url' | 'token' | 'timeoutMs'>;
  readonly logger: Logger;
  readonly clock: Pick<Clock, 'nowMs'>;
}

export const productUrl = ({ url }: Pick<InventoryConfig, 'url'>, productId: string): string =>
  `${url}/stock/products/${encodeURIComponent(productId)}`;

export const authorization = ({ token }: Pick<InventoryConfig, 'token'>): Readonly<Record<string, string>> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

/** What an error of a connection is called: its code, or its name. */
const nameOf = (error: unknown): string => (error instanceof Error ? errorCodeOf(error) || error.name : String(error));

/** Whoever answers may go on with the trace; where panier does not record it, its client may. */
const traced = (cause: string | null): Readonly<Record<string, string>> => {
  const traceparent = currentTraceparent() ?? cause;
  return traceparent === null ? {} : { traceparent };
};

interface Sending extends Pick<HttpInventoryOptions, 'config'> {
  readonly pool: Pool;
}

interface Sent {
  readonly url: string;
  readonly call: Call;
  readonly signal: AbortSignal;
  readonly cause: string | null;
}

/** It follows no redirect: where that leads to, nobody has said that the token may be shown. */
const send = async ({ config, pool }: Sending, { url, call, signal, cause }: Sent): Promise<Answer> => {
  const { statusCode, headers, body } = await pool.request({
    path: new URL(url).pathname,
    method: 'PUT',
    headers: {
      ...authorization(config),
      'content-type': 'application/json',
      accept: 'application/json, application/problem+json',
      'idempotency-key': callKey(call),
      ...traced(cause),
    },
    body: JSON.stringify({ quantity: call.quantity }),
    signal: AbortSignal.any([AbortSignal.timeout(config.timeoutMs), signal]),
  });
  const retryAfter = headers['retry-after'];
  return {
    status: statusCode,
    body: await readBounded(body),
    retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
  };
};

/** Tells an operator once of what only an operator can put right; again when it comes back after calls that went well. */
class Complaints {
  readonly #told = new Set<string>();

  isNew(complaint: string): boolean {
    if (this.#told.has(complaint)) return false;
    this.#told.add(complaint);
    return true;
  }

  forget(): void {
    this.#told.clear();
  }
}

const statusLine = ({ status, body }: Answer): string => {
  const line = `${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
  return status === 200 && body === undefined ? `${line}, but its body cannot be read` : line;
};

const complaintOf = ({ way }: Call, answer: Answer): string | null => {
  const { status } = answer;
  const isNo = isRefusal(answer) || status === 409;
  if (isNo && way === 'increase') return `does not take units back (${status})`;
  if (isRefusal(answer)) return null;
  return needsOperator(status) ? `does not accept calls (${status})` : null;
};

/** An inventory over HTTP. Each call is a line in the log, as the mission has it. */
export const httpInventory = (options: HttpInventoryOptions): Inventory => {
  const { config, logger, clock } = options;
  const complaints = new Complaints();
  // Connections that nobody uses are closed after a while, and keep no process from its end.
  const pool = new Pool(new URL(config.url).origin, { pipelining: 1, allowH2: false });
  const complain = (call: Call, answer: Answer): void => {
    if (answer.status === 200) return complaints.forget();
    const complaint = complaintOf(call, answer);
    if (complaint === null || !complaints.isNew(complaint)) return;
    const { orderId, productId } = call;
    logger.error(
      { orderId, productId, url: config.url, complaint },
      'the inventory does not do what it is asked: put that right there or here',
    );
  };
  const call: Inventory['call'] = async (asked, signal, cause = null) => {
    const url = `${productUrl(config, asked.productId)}/stock/${asked.way}`;
    const startedAtMs = clock.nowMs();
    const log = (came: string): void => {
      const milliseconds = Math.round(clock.nowMs() - startedAtMs);
      logger.info({ orderId: asked.orderId, quantity: asked.quantity, milliseconds }, `PUT ${url} ${came}`);
    };
    try {
      const answer = await send({ config, pool }, { url, call: asked, signal, cause });
      log(statusLine(answer));
      currentSpan()?.set({ 'http.response.status_code': answer.status });
      complain(asked, answer);
      return outcomeOf(asked, answer);
    } catch (error) {
      log(`no answer (${nameOf(error)})`);
      currentSpan()?.fail(nameOf(error));
      return UNANSWERED;
    }
  };
  return countedInventory({ call });
};
