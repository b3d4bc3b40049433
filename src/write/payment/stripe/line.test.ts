import { inspect } from 'node:util';
import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { openLogger } from '../../../platform/index.ts';
import { ProviderUnreachable } from '../provider.ts';
import { KeySpent, Line, Refused } from './line.ts';

const REFERENCE = 'pm_1NXWPnCo6bFb1KQto6C8OWvE';

/** An error as the SDK makes it of an answer. */
const answered = (statusCode: number, type: string, rest: object = {}) =>
  Stripe.errors.generateV1Error({
    type,
    statusCode,
    message: `No such thing as ${REFERENCE}`,
    payment_intent: { payment_method: REFERENCE },
    requestId: 'req_1',
    headers: {},
    ...rest,
  } as Parameters<typeof Stripe.errors.generateV1Error>[0]);

const openLine = () => {
  let nowMs = 0;
  const clock = { nowMs: () => nowMs, sleep: async () => {} };
  const line = new Line({ clock, logger: openLogger('silent') });
  const failing = async (failure: Error): Promise<unknown> => {
    const call = async (): Promise<never> => {
      throw failure;
    };
    try {
      return await line.ask(call);
    } catch (error) {
      return error;
    }
  };
  return { line, failing, pass: (ms: number) => void (nowMs += ms) };
};

describe('what Stripe answers', () => {
  it.each([
    [402, 'card_error', Refused],
    [400, 'invalid_request_error', Refused],
    [404, 'invalid_request_error', Refused],
    [400, 'idempotency_error', KeySpent],
    [500, 'api_error', KeySpent],
    [503, 'api_error', KeySpent],
    [409, 'idempotency_error', ProviderUnreachable],
    [429, 'invalid_request_error', ProviderUnreachable],
    [401, 'invalid_request_error', ProviderUnreachable],
    [403, 'invalid_request_error', ProviderUnreachable],
  ])('%s of %s names no payment method', async (status, type, kind) => {
    const error = await openLine().failing(answered(status, type));
    expect(error).toBeInstanceOf(kind);
    expect(inspect(error, { depth: 9 })).not.toContain(REFERENCE);
    expect(inspect(error)).toContain(`${status}`);
  });

  it('may be none', async () => {
    const error = await openLine().failing(
      new Stripe.errors.StripeConnectionError({ message: REFERENCE, type: 'api_error' }),
    );
    expect(inspect(error)).toContain('ProviderUnreachable: Stripe cannot be reached');
    expect(inspect(error)).not.toContain(REFERENCE);
  });

  it('is awaited for as long as it says, a minute at most, whatever is to be asked', async () => {
    const { line, failing, pass } = openLine();
    await failing(answered(429, 'invalid_request_error', { headers: { 'retry-after': '7' } }));
    const ask = () => line.ask(async () => 'asked');
    await expect(ask()).rejects.toThrow('wants fewer requests');
    pass(6_999);
    await expect(ask()).rejects.toThrow(ProviderUnreachable);
    pass(1);
    expect(await ask()).toBe('asked');
    await failing(answered(503, 'api_error', { headers: { 'retry-after': '9999' } }));
    pass(60_000);
    expect(await ask()).toBe('asked');
  });

  it('of anybody else is a defect', async () => {
    const defect = new TypeError('no function');
    expect(await openLine().failing(defect)).toBe(defect);
  });
});
