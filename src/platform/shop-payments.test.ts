import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { STRIPE_LIBRARY } from './shop-payments.ts';

const STRIPE = {
  PANIER_PAYMENT_PROVIDER: 'stripe',
  STRIPE_SECRET_KEY: 'sk_test_abc123',
  STRIPE_WEBHOOK_SECRET: 'whsec_one',
};

const problemsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems;
  }
};

describe('how customers of the shop pay', () => {
  it('is simulated, unless panier is paid by Stripe', () => {
    expect(readConfig({}).shopPayments).toEqual({ kind: 'Simulated' });
    expect(readConfig({ STRIPE_PUBLISHABLE_KEY: 'pk_test_1' }).shopPayments).toEqual({ kind: 'Simulated' });
    expect(readConfig({ ...STRIPE, STRIPE_PUBLISHABLE_KEY: 'pk_test_1' }).shopPayments).toEqual({
      kind: 'Stripe',
      publishableKey: 'pk_test_1',
      library: STRIPE_LIBRARY,
    });
  });

  it('never repeats what was set in place of a publishable key', () => {
    const problems = problemsOf({ ...STRIPE, STRIPE_PUBLISHABLE_KEY: 'sk_live_hunter2' });
    expect(problems).toEqual([expect.stringContaining('pk_test_')]);
    expect(problems.join('')).not.toContain('hunter2');
  });

  it('loads no other library than Stripe’s in production', () => {
    const elsewhere = { ...STRIPE, STRIPE_JS_URL: 'http://127.0.0.1:12111/stripe.js' };
    expect(problemsOf(elsewhere)).toEqual([]);
    expect(problemsOf({ ...elsewhere, STRIPE_JS_URL: 'stripe.js' })).toHaveLength(1);
    expect(problemsOf({ ...elsewhere, PANIER_MODE: 'production' })).toContainEqual(
      expect.stringContaining('STRIPE_JS_URL'),
    );
  });
});
