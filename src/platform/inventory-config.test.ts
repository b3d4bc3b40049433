import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';
import { readInventoryConfig } from './inventory-config.ts';

const read = (env: Readonly<Record<string, string>>) => {
  const reader = readEnvironment(env);
  return { config: readInventoryConfig(reader), problems: reader.problems };
};

describe('an inventory elsewhere', () => {
  it('is none without a URL, whatever else is set', () => {
    expect(read({ PANIER_INVENTORY_TOKEN: 'token' })).toEqual({ config: null, problems: [] });
  });

  it('needs a URL alone', () => {
    expect(read({ PANIER_INVENTORY_URL: 'https://stock.example/v1/' }).config).toEqual({
      url: 'https://stock.example/v1',
      token: undefined,
      timeoutMs: 2_000,
      concurrency: 16,
      backoffMs: 200,
      newOrders: 'remote',
    });
  });

  it('takes every value from the environment', () => {
    const { config, problems } = read({
      PANIER_INVENTORY_URL: 'http://127.0.0.1:4001',
      PANIER_INVENTORY_TOKEN: 'eyJhbGciOi.x-y_z',
      PANIER_INVENTORY_TIMEOUT_MS: '500',
      PANIER_INVENTORY_CONCURRENCY: '4',
      PANIER_INVENTORY_BACKOFF_MS: '50',
      PANIER_INVENTORY_NEW_ORDERS: 'ledger',
    });
    expect(problems).toEqual([]);
    expect(config).toEqual({
      url: 'http://127.0.0.1:4001',
      token: 'eyJhbGciOi.x-y_z',
      timeoutMs: 500,
      concurrency: 4,
      backoffMs: 50,
      newOrders: 'ledger',
    });
  });

  it.each([
    ['ftp://stock.example', 'PANIER_INVENTORY_URL is not a URL that starts with http:// or https://.'],
    [
      'http://user:hunter2@stock.example',
      'PANIER_INVENTORY_URL has credentials in it: leave them out, and set PANIER_INVENTORY_TOKEN.',
    ],
    [
      'http://stock.example/?token=hunter2',
      'PANIER_INVENTORY_URL has a query or a fragment: give the address alone, as http://inventory.example:4001.',
    ],
  ])('says what to do about %s, and does not repeat what may be secret', (url, problem) => {
    const { problems } = read({ PANIER_INVENTORY_URL: url });
    expect(problems).toEqual([problem]);
    expect(problems.join('')).not.toContain('hunter2');
  });

  it('refuses a token that would break the header, without repeating it', () => {
    const { problems } = read({
      PANIER_INVENTORY_URL: 'http://stock.example',
      PANIER_INVENTORY_TOKEN: 'hunter2 übung',
    });
    expect(problems).toEqual([
      'PANIER_INVENTORY_TOKEN has characters that no bearer token has: give it as it was issued.',
    ]);
  });

  it.each([
    [
      { PANIER_INVENTORY_TIMEOUT_MS: '60000' },
      'PANIER_INVENTORY_TIMEOUT_MS is "60000": set it to a whole number from 10 to 20000.',
    ],
    [
      { PANIER_INVENTORY_CONCURRENCY: '0' },
      'PANIER_INVENTORY_CONCURRENCY is "0": set it to a whole number from 1 to 256.',
    ],
    [
      { PANIER_INVENTORY_NEW_ORDERS: 'both' },
      'PANIER_INVENTORY_NEW_ORDERS is "both": set it to one of remote, ledger.',
    ],
  ])('says what to do about %o', (env, problem) => {
    expect(read({ PANIER_INVENTORY_URL: 'http://stock.example', ...env }).problems).toEqual([problem]);
  });
});
