import type { IncomingMessage, ServerResponse } from 'node:http';
import { tooFrequent } from '../../access/index.ts';
import type { Answering, Proxies } from '../../http/index.ts';
import { SIGNALS, Unavailable } from '../../platform/index.ts';
import type { Notices, Receipt } from '../../write/index.ts';
import { type Refusal, refuseRequest } from './refusal.ts';
import type { ServerParts } from './server-parts.ts';

const PREFIX = '/webhooks/';

/** A notice holds a whole object of the provider's, with whatever its shop has noted on it. */
const MAX_NOTICE_BYTES = 262_144;
const MAX_UNDER_WAY = 100;
const WARN_EVERY_MS = 60_000;

const NO_SUCH: Refusal = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'No payment provider calls here: PANIER_PAYMENT_PROVIDER names the one that does.',
};

const POST_ONLY: Refusal = {
  status: 405,
  code: 'BAD_REQUEST',
  message: 'Notices come by POST.',
  headers: { allow: 'POST' },
};

const FULL: Refusal = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'The notice was not written down: send it again.',
  headers: { 'retry-after': '1' },
};

const REFUSALS: Readonly<Record<Exclude<Receipt, 'Taken'>, Refusal>> = {
  NotSigned: {
    status: 400,
    code: 'BAD_REQUEST',
    message: 'The notice is not signed, or by another secret than is known here, or was signed too long ago.',
  },
  Unreadable: { status: 400, code: 'BAD_REQUEST', message: 'The notice is signed, and is no event that can be read.' },
};

const TOLD = { Taken: 'taken', NotSigned: 'not_signed', Unreadable: 'unreadable' } as const satisfies Readonly<
  Record<Receipt, string>
>;

/** Whether a payment provider calls, or somebody who says so. */
export const isNotice = ({ url = '' }: IncomingMessage): boolean => url.startsWith(PREFIX);

/** How long a body may be. */
export const bodyBound = (maxBodyBytes: number, request: IncomingMessage): number =>
  isNotice(request) ? Math.max(maxBodyBytes, MAX_NOTICE_BYTES) : maxBodyBytes;

interface Counting {
  readonly parts: Pick<ServerParts, 'logger' | 'rates'>;
  readonly proxies: Proxies;
}

interface Answers extends Counting {
  readonly notices: Notices;
}

const headerOf =
  ({ headers }: IncomingMessage) =>
  (name: string): string | undefined => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };

type Refusing = (request: IncomingMessage, response: ServerResponse, refusal: Refusal) => void;

/** Who signs is not counted: what is refused is, as any request of a stranger. */
const countedRefusals =
  ({ parts, proxies }: Counting): Refusing =>
  (request, response, refusal) => {
    const seconds = parts.rates.arrive(proxies.addressOf(request));
    refuseRequest(response, seconds > 0 ? tooFrequent(seconds) : refusal);
  };

const warning = ({ parts, notices }: Answers) => {
  let warnedAtMs = Number.NEGATIVE_INFINITY;
  return (receipt: Receipt): void => {
    if (performance.now() - warnedAtMs <= WARN_EVERY_MS) return;
    warnedAtMs = performance.now();
    parts.logger.warn({ provider: notices.name, receipt }, 'A notice of the payment provider was refused');
  };
};

const receiving = (answers: Answers, refuse: Refusing): Answering => {
  const warn = warning(answers);
  let underWay = 0;
  return async (request, response, body) => {
    if (underWay >= MAX_UNDER_WAY) return refuseRequest(response, FULL);
    underWay += 1;
    try {
      const receipt = await answers.notices.receive({ body: body ?? Buffer.alloc(0), header: headerOf(request) });
      SIGNALS.noticeReceived.tell({ outcome: TOLD[receipt] });
      if (receipt !== 'Taken') {
        warn(receipt);
        return refuse(request, response, REFUSALS[receipt]);
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"received":true}');
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      SIGNALS.noticeReceived.tell({ outcome: 'not_written' });
      refuseRequest(response, FULL);
    } finally {
      underWay -= 1;
    }
  };
};

/** Answers a payment provider that calls back: with 200 once what it tells is written down, and not before. */
export const answerNotices = (parts: ServerParts, proxies: Proxies): Answering => {
  const notices = parts.write.paymentNotices;
  const refuse = countedRefusals({ parts, proxies });
  if (notices === null) return (request, response) => refuse(request, response, NO_SUCH);
  const receive = receiving({ parts, notices, proxies }, refuse);
  return (request, response, body) => {
    if (request.url?.split('?', 1)[0] !== PREFIX + notices.name) return refuse(request, response, NO_SUCH);
    return request.method === 'POST' ? receive(request, response, body) : refuse(request, response, POST_ONLY);
  };
};
