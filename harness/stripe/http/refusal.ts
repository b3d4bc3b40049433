/** What Stripe says of an error. Source: https://docs.stripe.com/api/errors. */
export interface ErrorObject {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly charge?: string;
  readonly doc_url?: string;
  readonly payment_intent?: object;
  readonly payment_method?: object;
}

const docUrl = (code: string): string => `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;

/** An answer of the API that is an error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly error: ErrorObject;
  /** Whether an idempotency key keeps it: what was not begun is not kept. */
  readonly isKept: boolean;

  constructor(status: number, error: ErrorObject, isKept: boolean) {
    super(error.message);
    this.status = status;
    this.error = error.code === undefined ? error : { ...error, doc_url: docUrl(error.code) };
    this.isKept = isKept;
  }
}

interface Why {
  readonly code?: string;
  readonly param?: string;
}

/** Parameters that do not fit: nothing was begun. */
export const misfit = (message: string, why: Why = {}): Refusal =>
  new Refusal(400, { type: 'invalid_request_error', message, ...why }, false);

/** Something asked of an object that it cannot do as it stands. */
export const impossible = (message: string, why: Why = {}): Refusal =>
  new Refusal(400, { type: 'invalid_request_error', message, ...why }, true);

const missing = (what: string, id: string): string => `No such ${what}: '${id}'`;

/** The path names something that there is not. */
export const notFound = (what: string, id: string, param = 'id'): Refusal =>
  new Refusal(
    404,
    { type: 'invalid_request_error', code: 'resource_missing', message: missing(what, id), param },
    false,
  );

/** A parameter names something that there is not. */
export const noSuch = (what: string, id: string, param: string): Refusal =>
  misfit(missing(what, id), { code: 'resource_missing', param });

export const cardError = (error: Omit<ErrorObject, 'type'>): Refusal =>
  new Refusal(402, { type: 'card_error', ...error }, true);
