import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const STRIPE = { PANIER_PAYMENT_PROVIDER: 'stripe' };
const KEY = { STRIPE_SECRET_KEY: 'sk_test_abc123' };
const SECRET = { STRIPE_WEBHOOK_SECRET: 'whsec_one' };

const problemsOf = (env: Record<string, string>, argv: readonly string[] = []): readonly string[] => {
  try {
    readConfig(env, argv);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('the settings for Stripe', () => {
  it('are asked for by whoever is charged by Stripe alone', () => {
    expect(readConfig({ STRIPE_WEBHOOK_SECRET: 'nonsense' }).stripe).toBeUndefined();
    expect(problemsOf(STRIPE)).toEqual([
      expect.stringContaining('needs STRIPE_SECRET_KEY'),
      expect.stringContaining('needs STRIPE_WEBHOOK_SECRET'),
    ]);
  });

  it('are not passed over where orders would be confirmed unpaid', () => {
    expect(problemsOf({ STRIPE_SECRET_KEY: 'sk_live_hunter2' })).toEqual([
      'STRIPE_SECRET_KEY is set, and nobody is charged by Stripe: set PANIER_PAYMENT_PROVIDER=stripe, or leave the key out.',
    ]);
  });

  it('are two where one role charges, and none where none does', () => {
    expect(readConfig({ ...STRIPE, ...KEY }, ['--roles', 'payment']).stripe).toMatchObject({ webhookSecrets: [] });
    expect(readConfig(STRIPE, ['--roles', 'relay,saga,audit']).stripe).toBeUndefined();
    expect(problemsOf({ ...STRIPE, ...KEY }, ['--roles', 'gateway'])).toHaveLength(1);
  });

  it('have several webhook secrets while one takes over from the other', () => {
    const { stripe } = readConfig({
      ...STRIPE,
      ...KEY,
      STRIPE_WEBHOOK_SECRET: 'whsec_one, whsec_two',
      STRIPE_API_BASE: 'http://127.0.0.1:12111',
    });
    expect(stripe).toEqual({
      secretKey: 'sk_test_abc123',
      webhookSecrets: ['whsec_one', 'whsec_two'],
      apiBase: 'http://127.0.0.1:12111',
    });
  });

  it.each([
    { ...SECRET, STRIPE_SECRET_KEY: 'pk_test_hunter2' },
    { ...KEY, STRIPE_WEBHOOK_SECRET: 'hunter2' },
    { ...KEY, STRIPE_WEBHOOK_SECRET: 'whsec_one,' },
    { ...KEY, ...SECRET, STRIPE_API_BASE: 'http://user:hunter2@stripe.test' },
    { ...KEY, ...SECRET, STRIPE_API_BASE: 'http://stripe.test/hunter2' },
    { ...KEY, ...SECRET, STRIPE_API_BASE: 'stripe.test' },
  ])('are refused without being repeated: %j', (env) => {
    const problems = problemsOf({ ...STRIPE, ...env });
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toContain('hunter2');
  });

  it('go to Stripe by HTTPS in production', () => {
    const plain = { ...KEY, ...SECRET, STRIPE_API_BASE: 'http://127.0.0.1:12111' };
    const problems = problemsOf({ ...STRIPE, ...plain, PANIER_MODE: 'production' });
    expect(problems.filter((problem) => problem.includes('STRIPE_API_BASE'))).toHaveLength(1);
    const own = problemsOf({ ...STRIPE, ...KEY, ...SECRET, PANIER_MODE: 'production' });
    expect(own.filter((problem) => problem.includes('STRIPE'))).toEqual([]);
  });
});
