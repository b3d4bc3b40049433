import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

const SERVERS = { DATABASE_URL: 'postgres://db.internal/panier', REDIS_URL: 'redis://redis.internal' };
const KEY = { PANIER_JWT_SECRET: 'of thirty-two bytes, or even more' };
const PRODUCTION = { PANIER_MODE: 'production', PANIER_DEMO_CATALOGUE: 'false', ...SERVERS, ...KEY };

describe('how far the gateway opens itself', () => {
  it('is read from lists', () => {
    const { corsOrigins, trustedProxies } = readConfig({
      PANIER_CORS_ORIGINS: 'https://shop.example, http://localhost:3000',
      PANIER_TRUSTED_PROXIES: '10.0.0.7, 192.168.0.0/16 ,::1,fd00::/8',
    });
    expect(corsOrigins).toEqual(['https://shop.example', 'http://localhost:3000']);
    expect(trustedProxies).toEqual(['10.0.0.7', '192.168.0.0/16', '::1', 'fd00::/8']);
  });

  it.each([
    ['PANIER_CORS_ORIGINS', 'https://shop.example/'],
    ['PANIER_CORS_ORIGINS', 'shop.example'],
    ['PANIER_CORS_ORIGINS', 'HTTPS://Shop.example'],
    ['PANIER_CORS_ORIGINS', 'null'],
    ['PANIER_CORS_ORIGINS', 'https://*.shop.example'],
    ['PANIER_TRUSTED_PROXIES', 'proxy.internal'],
    ['PANIER_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['PANIER_TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['PANIER_TRUSTED_PROXIES', '*'],
    ['PANIER_TRUSTED_PROXIES', '0.0.0.0/0'],
    ['PANIER_TRUSTED_PROXIES', '::/0'],
    ['PANIER_MODE', 'prod'],
    ['PANIER_DOCUMENTS', 'some'],
  ])('is not %s=%s', (name, value) => {
    const [problem, ...more] = problemsOf({ [name]: value });
    expect(more).toEqual([]);
    expect(problem).toContain(name);
    expect(problem).toContain(value);
  });

  it('serves its pages in development, the console alone in production, and those it is told to', () => {
    expect(readConfig({}).pages).toEqual(['console', 'shop']);
    expect(readConfig({ PANIER_PAGES: 'shop' }).pages).toEqual(['shop']);
    expect(readConfig({ PANIER_PAGES: 'none' }).pages).toEqual([]);
    expect(() => readConfig({ PANIER_PAGES: 'shop,admin' })).toThrow(/PANIER_PAGES has "admin"/);
  });

  it('serves a subgraph when told to, and not where only documents of a manifest run', () => {
    expect(readConfig({}).subgraph).toBe(false);
    expect(readConfig({ PANIER_SUBGRAPH: 'on' }).subgraph).toBe(true);
    expect(problemsOf({ PANIER_SUBGRAPH: 'on', PANIER_DOCUMENTS: 'trusted' })).toEqual([
      expect.stringContaining('PANIER_SUBGRAPH=on with PANIER_DOCUMENTS=trusted'),
    ]);
  });

  it('takes a certificate and its key together', () => {
    expect(readConfig({ PANIER_TLS_CERT: 'a.pem', PANIER_TLS_KEY: 'b.pem' }).tls).toEqual({
      certFile: 'a.pem',
      keyFile: 'b.pem',
    });
    expect(problemsOf({ PANIER_TLS_KEY: 'b.pem' })).toEqual([
      expect.stringContaining('PANIER_TLS_CERT and PANIER_TLS_KEY belong together'),
    ]);
  });
});

describe('production', () => {
  it('starts on servers of its own, behind a proxy on its machine', () => {
    expect(problemsOf(PRODUCTION)).toEqual([]);
  });

  it('names everything at once that must not face strangers', () => {
    const problems = problemsOf({ PANIER_MODE: 'production', HOST: '0.0.0.0' });
    expect(
      problems.map(
        (problem) => problem.match(/PANIER_\w+=false|DATABASE_URL and REDIS_URL|PANIER_JWT_SECRET|HOST=\S+/)?.[0],
      ),
    ).toEqual(['DATABASE_URL and REDIS_URL', 'PANIER_DEMO_CATALOGUE=false', 'PANIER_JWT_SECRET', 'HOST=0.0.0.0']);
  });

  it.each([
    ['DATABASE_URL is not set', { DATABASE_URL: '' }],
    ['REDIS_URL is not set', { REDIS_URL: '' }],
    ['PANIER_DEMO_CATALOGUE=false', { PANIER_DEMO_CATALOGUE: '' }],
    ['set PANIER_JWT_SECRET, PANIER_JWT_PUBLIC_KEY or PANIER_JWT_JWKS_URL', { PANIER_JWT_SECRET: '' }],
    ['PANIER_DEMO_CATALOGUE=false', { PANIER_DEMO_CATALOGUE: 'true' }],
    ['PANIER_TLS_CERT', { HOST: '0.0.0.0' }],
    ['PANIER_TRUSTED_PROXIES', { HOST: '::' }],
    ['HOST=192.0.2.4', { HOST: '192.0.2.4' }],
  ])('says %s', (advice, env) => {
    expect(problemsOf({ ...PRODUCTION, ...env })).toEqual([expect.stringContaining(advice)]);
  });

  it.each([
    { HOST: '0.0.0.0', PANIER_TRUSTED_PROXIES: '10.0.0.7' },
    { HOST: '0.0.0.0', PANIER_TLS_CERT: 'a.pem', PANIER_TLS_KEY: 'b.pem' },
    { HOST: '0.0.0.0', PANIER_ROLES: 'relay', PANIER_JWT_SECRET: '' },
    { HOST: '127.0.0.2' },
    { HOST: '::1' },
  ])('is content with %o', (env) => {
    expect(problemsOf({ ...PRODUCTION, ...env })).toEqual([]);
  });

  it('asks nothing of development', () => {
    expect(problemsOf({ HOST: '0.0.0.0' })).toEqual([]);
  });
});
