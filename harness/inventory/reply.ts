import type { Verdict } from './books.ts';

/** An answer before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A refusal as RFC 9457 has it. */
export const problem = ({ status, title, detail, headers = {}, more = {} }: Problem): Reply => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({ type: 'about:blank', title, status, detail, ...more }),
});

export const json = (value: unknown): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

export const unknownProduct = (productId: string): Reply =>
  problem({ status: 404, title: 'Unknown product', detail: `Nothing is known here of "${productId}".` });

const short = (productId: string, available: number): Reply => {
  const detail = `There are ${available} of "${productId}".`;
  return problem({ status: 409, title: 'Not enough', detail, more: { available } });
};

const misused = (): Reply => {
  const detail = 'This idempotency key stands for another request.';
  return problem({ status: 422, title: 'Idempotency key reused', detail });
};

/** What the caller is told of a verdict. */
export const replyTo = (productId: string, verdict: Verdict): Reply => {
  if (verdict.type === 'Changed') return json({ productId, available: verdict.available });
  if (verdict.type === 'Short') return short(productId, verdict.available);
  return verdict.type === 'Unknown' ? unknownProduct(productId) : misused();
};
