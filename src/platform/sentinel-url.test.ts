import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';
import { readSentinelUrl } from './sentinel-url.ts';
import { readServiceUrls } from './service-urls.ts';

const problemsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  const reader = readEnvironment(env);
  readServiceUrls(reader, []);
  return reader.problems;
};

const SECRET = 'hunter2';

describe('a URL with Sentinels', () => {
  it('has all that is needed to find the master, and to come in', () => {
    const url = `rediss+sentinel://shop:p%40ss+word@one.example:26380,10.0.0.2,[::1]:26381/my-master?db=3&sentinelUsername=watch&sentinelPassword=a%26b`;
    expect(readSentinelUrl(url)).toEqual({
      ok: true,
      value: {
        isTls: true,
        sentinels: [
          { host: 'one.example', port: 26_380 },
          { host: '10.0.0.2', port: 26_379 },
          { host: '::1', port: 26_381 },
        ],
        master: 'my-master',
        sentinelAccount: { username: 'watch', password: 'a&b' },
        loginUrl: 'redis://shop:p%40ss%2Bword@my-master/3',
      },
    });
  });

  it('may leave out who comes, and all that stands behind the master', () => {
    expect(readSentinelUrl('redis+sentinel://one/mymaster')).toMatchObject({
      ok: true,
      value: { isTls: false, sentinelAccount: { password: undefined }, loginUrl: 'redis://mymaster/0' },
    });
    expect(readSentinelUrl(`redis+sentinel://:${SECRET}@one/m`)).toMatchObject({
      ok: true,
      value: { loginUrl: `redis://:${SECRET}@m/0` },
    });
  });

  it.each([
    ['redis+sentinel:one/m', 'is to be like redis+sentinel://'],
    [`redis+sentinel://u:${SECRET}@/m`, 'names no Sentinel: write redis+sentinel://'],
    [`redis+sentinel://u:${SECRET}@one:26379`, 'names no master: put behind a / what "sentinel monitor" calls it'],
    [`redis+sentinel://u:${SECRET}@one,/m`, 'names a Sentinel that is no host:port'],
    [`redis+sentinel://u:${SECRET}@one:99999/m`, 'names a Sentinel that is no host:port'],
    [`redis+sentinel://u:${SECRET}@one;two/m`, 'names a Sentinel that is no host:port'],
    [`redis+sentinel://u:${SECRET}@x@one/m`, 'is to be like redis+sentinel://'],
    ['redis+sentinel://u@one/m', 'has no password before its @: write user:password@'],
    [`redis+sentinel://u:${SECRET}:x@one/m`, 'has no password before its @'],
    [`redis+sentinel://u:%${SECRET}@one/m`, 'has a % that no two hexadecimal digits follow'],
    [`redis+sentinel://u:${SECRET}@one/m/1`, 'is to be like redis+sentinel://'],
    [`redis+sentinel://u:${SECRET}@one/m?db=one`, 'has a db that is no number'],
    [`redis+sentinel://u:${SECRET}@one/m?database=1`, 'has something behind its ? that is not understood'],
    [`redis+sentinel://u:${SECRET}@one/m?db=1&db=2`, 'has something behind its ? that is not understood'],
    [`redis+sentinel://one/m?sentinelUsername=watch`, 'has a sentinelUsername without a sentinelPassword'],
  ])('is refused with a sentence that says what would do, and no secret: %s', (url, sentence) => {
    const [problem, ...more] = problemsOf({ REDIS_URL_SAGA: url, REDIS_URL: 'redis://cache.example' });
    expect(problem).toContain(`REDIS_URL_SAGA ${sentence}`);
    expect(problem).not.toContain(SECRET);
    expect(more).toEqual([]);
  });

  it('is none of PostgreSQL', () => {
    expect(problemsOf({ DATABASE_URL: 'redis+sentinel://one,two/m' })).toEqual([
      'DATABASE_URL is not a URL that starts with postgres:// or postgresql://.',
    ]);
  });
});

describe('files for TLS to Redis', () => {
  const files = { PANIER_REDIS_TLS_CERT: 'a.pem', PANIER_REDIS_TLS_KEY: 'a.key' };

  it('are taken with any URL that asks for TLS', () => {
    const env = { REDIS_URL: 'redis://one', REDIS_URL_SAGA: 'rediss+sentinel://one,two/m', ...files };
    const reader = readEnvironment(env);
    expect(readServiceUrls(reader, []).redisTls).toEqual({ caFile: undefined, certFile: 'a.pem', keyFile: 'a.key' });
    expect(reader.problems).toEqual([]);
  });

  it('are refused where connections would be in plain text all the same, or one of two is missing', () => {
    expect(problemsOf({ REDIS_URL: 'redis://one', PANIER_REDIS_TLS_CERT: 'a.pem' })).toEqual([
      'PANIER_REDIS_TLS_CERT and PANIER_REDIS_TLS_KEY belong together: set both to files in PEM, or none.',
      'PANIER_REDIS_TLS_… is set, and no URL of Redis asks for TLS: let it begin with rediss://, rediss+sentinel:// or rediss+cluster://, or leave those variables out.',
    ]);
  });
});
