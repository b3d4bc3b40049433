import { Stripe } from 'stripe';
import type { Clock, Logger } from '../../../platform/index.ts';
import { ProviderUnreachable } from '../provider.ts';
import type { Reason } from './messages.ts';

/** Stripe has answered that it does not do this: nothing was done. What Stripe writes of it may name a payment method, and is left out. */
export class Refused extends Error implements Reason {
  override readonly name = 'Refused';
  readonly code: string | undefined;
  readonly declineCode: string | undefined;

  constructor({ code, decline_code: declineCode, requestId, statusCode }: Stripe.errors.StripeError) {
    super(
      `Stripe refused with ${statusCode} ${code ?? declineCode ?? 'and no code'} (${requestId ?? 'no request id'}).`,
    );
    this.code = code;
    this.declineCode = declineCode;
  }
}

/** Not known what was done, and asked again under this idempotency key Stripe would repeat the same answer for a day. */
export class KeySpent extends ProviderUnreachable {}

const REFUSALS: readonly (number | undefined)[] = [400, 402, 404];
const BARRED: readonly (number | undefined)[] = [401, 403];
const BUSY: readonly (number | undefined)[] = [429, 503];
const MAX_QUIET_SECONDS = 60;

const isRefusal = ({ statusCode, rawType }: Stripe.errors.StripeError): boolean =>
  REFUSALS.includes(statusCode) && (rawType === 'card_error' || rawType === 'invalid_request_error');

const wordsOf = ({ statusCode, rawType, code, requestId, type }: Stripe.errors.StripeError): string =>
  statusCode === undefined
    ? `Stripe cannot be reached (${type}).`
    : `Stripe answered ${statusCode} ${code ?? rawType ?? type} (${requestId ?? 'no request id'}).`;

/** For how long Stripe wants to be left alone. Source: RFC 9110, section 10.2.3. */
const quietSeconds = ({ statusCode, headers }: Stripe.errors.StripeError): number => {
  const seconds = Number(headers?.['retry-after']);
  return BUSY.includes(statusCode) && seconds > 0 ? Math.min(seconds, MAX_QUIET_SECONDS) : 0;
};

/** The one way to Stripe. Whatever comes back is an answer, {@link Refused}, or a {ProviderUnreachable}. */
export class Line {
  readonly #parts: { readonly clock: Clock; readonly logger: Logger };
  #quietUntilMs = 0;
  #isBarred = false;

  constructor(parts: { readonly clock: Clock; readonly logger: Logger }) {
    this.#parts = parts;
  }

  async ask<T>(call: () => Promise<T>): Promise<T> {
    if (this.#parts.clock.nowMs() < this.#quietUntilMs)
      throw new ProviderUnreachable('Stripe wants fewer requests: it is not asked for a while.');
    try {
      const answer = await call();
      this.#isBarred = false;
      return answer;
    } catch (error) {
      throw error instanceof Stripe.errors.StripeError ? this.#read(error) : error;
    }
  }

  // Without a cause: Stripe's errors hold what was sent, and the object that it was about.
  #read(error: Stripe.errors.StripeError): Error {
    if (isRefusal(error)) return new Refused(error);
    const { statusCode = 0, rawType } = error;
    this.#quietUntilMs = Math.max(this.#quietUntilMs, this.#parts.clock.nowMs() + quietSeconds(error) * 1_000);
    if (BARRED.includes(statusCode)) this.#sayBarred(error);
    const isSpent = statusCode >= 500 || rawType === 'idempotency_error';
    return isSpent ? new KeySpent(wordsOf(error)) : new ProviderUnreachable(wordsOf(error));
  }

  /** Once, until it is mended: every charge would say it again. */
  #sayBarred(error: Stripe.errors.StripeError): void {
    if (this.#isBarred) return;
    this.#isBarred = true;
    this.#parts.logger.error(
      { answer: wordsOf(error) },
      'Stripe does not accept STRIPE_SECRET_KEY: nothing is charged',
    );
  }
}
