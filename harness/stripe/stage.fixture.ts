import { afterAll, afterEach } from 'vitest';
import { type FakeStripe, type FakeStripeOptions, openFakeStripe } from './index.ts';
import { sdkAt } from './sdk.fixture.ts';

/** As they were sent: the body raw, with its signature. */
export interface Received {
  readonly body: string;
  readonly signature: string;
  readonly type: string;
}

// What is to be slow is slower than a busy machine is.
const QUICK = { bankMs: 1_000, retryMs: 10, lateMs: 1_500, slowMs: 800, hangMs: 1_000 };

/** A fake of the calling file's own, and the SDK at it. */
export const openStage = async (options: FakeStripeOptions = {}) => {
  const fake: FakeStripe = await openFakeStripe({ ...QUICK, ...options });
  afterAll(() => fake[Symbol.asyncDispose]());
  afterEach(() => fake.controls.listenAt(null));
  return { ...fake, stripe: sdkAt(fake.url, fake.secretKey) };
};
