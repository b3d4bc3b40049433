import { describe, expect, it } from 'vitest';
import { readClusterUrl } from './cluster-url.ts';
import { ConfigError, readConfig } from './config.ts';

const SECRET = 'hunter2';

const problemsOf = (env: Readonly<Record<string, string>>, argv: readonly string[] = []): readonly string[] => {
  try {
    readConfig(env, argv);
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [String(error)];
  }
};

describe('the URL of a Redis Cluster', () => {
  it('names some nodes, and who comes to all of them', () => {
    expect(readClusterUrl('rediss+cluster://shop:p%40ss+word@one.example:7000,10.0.0.2,[::1]:7002/0')).toEqual({
      ok: true,
      value: {
        isTls: true,
        nodes: [
          { host: 'one.example', port: 7_000 },
          { host: '10.0.0.2', port: 6_379 },
          { host: '::1', port: 7_002 },
        ],
        account: { username: 'shop', password: 'p@ss+word' },
      },
    });
  });

  it('may do without an account', () => {
    expect(readClusterUrl('redis+cluster://one')).toMatchObject({ value: { isTls: false, account: {} } });
  });

  it.each([
    ['redis+cluster:one', 'is to be like redis+cluster://'],
    [`redis+cluster://u:${SECRET}@`, 'names no node of the cluster: write redis+cluster://'],
    [`redis+cluster://u:${SECRET}@one:99999`, 'names a node that is no host:port'],
    [`redis+cluster://u:${SECRET}@one,`, 'names a node that is no host:port'],
    [`redis+cluster://u@one`, 'has no password before its @: write user:password@'],
    [`redis+cluster://u:${SECRET}@one/1`, 'names a database: a cluster has database 0 alone'],
    [`redis+cluster://u:${SECRET}@one?db=0`, 'has something behind a ? or a #'],
  ])('is refused with a sentence that has no secret in it: %s', (url, sentence) => {
    const read = readClusterUrl(url);
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).toContain(sentence);
    expect(JSON.stringify(read)).not.toContain(SECRET);
  });

  it('is taken for every service, and refused with the name of its variable', () => {
    expect(readConfig({ REDIS_URL: 'redis+cluster://one,two' }).redisUrl).toBe('redis+cluster://one,two');
    expect(problemsOf({ REDIS_URL: 'redis://one', REDIS_URL_SAGA: 'redis+cluster://one,two/2' })).toEqual([
      expect.stringMatching(/^REDIS_URL_SAGA names a database: /),
    ]);
  });

  it('is not given beside --cluster, which starts one', () => {
    expect(readConfig({}, ['--cluster']).isCluster).toBe(true);
    expect(problemsOf({ REDIS_URL: 'redis+cluster://one' }, ['--cluster'])).toEqual([
      "--cluster starts a Redis Cluster of panier's own, and REDIS_URL names one that is there: leave one of them out.",
    ]);
  });
});
