import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reachFakeStripe } from './index.ts';
import { sdkAt } from './sdk.fixture.ts';
import { openStage } from './stage.fixture.ts';

const { stripe, url, controls } = await openStage();
const remote = reachFakeStripe(url);

const wanted = (method: string) => ({
  amount: 1_250,
  currency: 'eur',
  confirm: true,
  payment_method: method,
  allowed_payment_method_types: ['card'],
  metadata: { order_id: 'order_9' },
});

describe('the controls, from another process', () => {
  it('play the customer and the bank', async () => {
    const asked = await stripe.paymentIntents.create(wanted('pm_card_authenticationRequired'));
    const clientSecret = asked.client_secret ?? '';
    expect(await remote.act({ clientSecret, isRefused: true })).toBe(true);
    expect(await remote.payAgain({ clientSecret, paymentMethod: 'pm_card_visa' })).toBe('succeeded');
    expect(await remote.openDispute({ paymentIntent: asked.id, reason: 'fraudulent' })).toMatch(/^dp_/);
  });

  it('show the books: what was taken and given back, under which keys', async () => {
    const { id } = await stripe.paymentIntents.create(wanted('pm_card_visa'), { idempotencyKey: 'order_9:1' });
    await stripe.refunds.create({ payment_intent: id, amount: 250 });
    expect((await remote.books()).at(-1)).toEqual({
      paymentIntent: id,
      status: 'succeeded',
      amount: 1_250,
      currency: 'eur',
      metadata: { order_id: 'order_9' },
      keys: ['order_9:1'],
      isForeign: false,
      charged: 1_250,
      charges: 1,
      paidAtMs: expect.closeTo(Date.now(), -5) as number,
      refunded: 250,
      refunds: 1,
      failedRefunds: 0,
      disputes: 0,
      untoldDisputes: 0,
    });
    expect((await remote.tally()).intents).toBe(controls.books().length);
  });

  it('charge a second time when that is wanted', async () => {
    const { id } = await stripe.paymentIntents.create(wanted('pm_card_visa'));
    const forged = await remote.forge({ paymentIntent: id });
    expect(forged).not.toBe(id);
    const last = (await remote.books()).slice(-2);
    expect(last.map(({ charged, metadata }) => [charged, metadata])).toEqual(
      Array.from({ length: 2 }, () => [1_250, { order_id: 'order_9' }]),
    );
  });

  it('say what they cannot do', async () => {
    await expect(remote.foreign({ amount: 1, currency: 'eur', paymentMethod: 'pm_none' })).resolves.toMatch(/^pi_/);
    const response = await fetch(`${url}/_fake/sing`, { method: 'POST' });
    expect([response.status, await response.json()]).toEqual([400, { problem: 'TypeError: There is no sing.' }]);
  });
});

describe('the fake Stripe', () => {
  it('runs as a process of its own', async () => {
    const child = spawn(process.execPath, ['harness/stripe/run.ts', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [said] = (await once(child.stdout, 'data')) as [Buffer];
      const [, at = '', key = ''] = /answers at (\S+) to (\w+);/.exec(String(said)) ?? [];
      expect((await sdkAt(at, key).paymentIntents.create(wanted('pm_card_visa'))).status).toBe('succeeded');
      expect(await reachFakeStripe(at).books()).toMatchObject([{ charged: 1_250 }]);
    } finally {
      child.kill();
    }
  });

  it('knows nothing of panier, nor of the SDK that it is tried with', () => {
    const files = globSync('harness/stripe/**/*.ts').filter((file) => !/\.(test|fixture)\.ts$/.test(file));
    const specifiers = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map(([, specifier = '']) => specifier),
    );
    expect(specifiers.filter((each) => each.includes('/src/') || !/^(\.|node:)/.test(each))).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  });
});
