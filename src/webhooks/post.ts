import { type Dispatcher, Pool } from 'undici';
import type { HttpMessage } from '../events/index.ts';
import { guarded, ignored } from '../platform/index.ts';
import { checkedConnector, type TargetRules } from './connector.ts';
import { type Outcome, outcomeOfError, outcomeOfStatus } from './outcome.ts';

export interface PostLimits {
  /** Until the head of the answer. */
  readonly answerMs: number;
  /** For everything, with what the receiver goes on to say. */
  readonly totalMs: number;
}

export const POST_LIMITS: PostLimits = { answerMs: 15_000, totalMs: 30_000 };

const MAX_HEAD_BYTES = 16_384;
/** What a receiver says beside its status is dropped; one that says more than this is cut off. */
const MAX_BODY_BYTES = 65_536;

export interface PosterParts {
  readonly url: string;
  readonly rules: TargetRules;
  /** At once. */
  readonly connections: number;
  readonly limits?: PostLimits;
}

/** Posts to one URL, over connections of its own; disposing it cuts off what is under way. */
export interface Poster extends AsyncDisposable {
  /** Never rejects. */
  readonly post: (message: HttpMessage) => Promise<Outcome>;
}

const headerOf = (headers: Readonly<Record<string, string | string[] | undefined>>, name: string) => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** One exchange: what it came to is settled when the answer has ended, by whatever end. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #settle: (outcome: Outcome) => void;
  readonly #deadline: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | null = null;
  #answered: Outcome | null = null;
  #bodyBytes = 0;
  #isLate = false;

  constructor(settle: (outcome: Outcome) => void, totalMs: number) {
    this.#settle = settle;
    this.#deadline = setTimeout(
      guarded(() => this.#cutOff(), ignored),
      totalMs,
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isLate) this.#cutOff();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status >= 200) this.#answered = outcomeOfStatus(status, headerOf(headers, 'retry-after'));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bodyBytes += chunk.length;
    if (this.#bodyBytes > MAX_BODY_BYTES) controller.abort(new Error('says too much'));
  }

  onResponseEnd(): void {
    this.#end(this.#answered ?? outcomeOfError(new Error('no answer')));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#end(this.#answered ?? outcomeOfError(error));
  }

  #cutOff(): void {
    this.#isLate = true;
    const late = Object.assign(new Error('late'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
    if (this.#controller === null) this.#end(outcomeOfError(late));
    else this.#controller.abort(late);
  }

  #end(outcome: Outcome): void {
    clearTimeout(this.#deadline);
    this.#settle(outcome);
  }
}

/** Opens no connection before the first message. */
export const openPoster = ({ url, rules, connections, limits = POST_LIMITS }: PosterParts): Poster => {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    connect: checkedConnector(rules),
    headersTimeout: limits.answerMs,
    bodyTimeout: limits.answerMs,
    maxHeaderSize: MAX_HEAD_BYTES,
  });
  const path = `${pathname}${search}`;
  return {
    post: ({ headers, body }) =>
      new Promise((resolve) => {
        pool.dispatch({ path, method: 'POST', headers, body }, new Exchange(resolve, limits.totalMs));
      }),
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
};
