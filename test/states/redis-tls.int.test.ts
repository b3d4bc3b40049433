import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { MASTER, SentinelProcess } from '../../harness/support/sentinel/sentinel-process.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { openRedis } from '../../src/bus/index.ts';
import type { RedisTlsFiles } from '../../src/platform/index.ts';
import { freePort, startRedis } from '../../src/servers/index.ts';
import { refusalOf } from './refusal-of.ts';

const CERTIFICATES = join(import.meta.dirname, '../../src/schema/server/testing/tls');

let opened: AsyncDisposableStack;
let folder: string;
let tlsPort: number;
let sentinel: SentinelProcess;
let password: string;
/** Whoever signed itself is its own authority; each side shows the same. */
let tls: RedisTlsFiles;

const settings = (port: number): Readonly<Record<string, string>> => ({
  'tls-port': String(port),
  'tls-cert-file': `${folder}/first.cert.pem`,
  'tls-key-file': `${folder}/first.key.pem`,
  'tls-ca-cert-file': `${folder}/first.cert.pem`,
  'tls-replication': 'yes',
});

const put = (name: 'first' | 'second', as: string): void => {
  copyFileSync(join(CERTIFICATES, `${name}.cert.pem`), `${folder}/${as}.cert.pem`);
  copyFileSync(join(CERTIFICATES, `${name}.key.pem`), `${folder}/${as}.key.pem`);
};

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  // Below a folder that everybody may enter: the server runs as nobody.
  folder = opened.adopt(mkdtempSync(join(tmpdir(), 'panier-redis-tls-')), (made) => rmSync(made, { recursive: true }));
  chmodSync(folder, 0o755);
  put('first', 'first');
  put('first', 'own');
  tls = { caFile: `${folder}/first.cert.pem`, certFile: `${folder}/own.cert.pem`, keyFile: `${folder}/own.key.pem` };
  tlsPort = await freePort();
  const directory = join(folder, 'redis');
  const server = await startRedis({ directory, settings: settings(tlsPort), say: () => {} });
  opened.defer(() => server.process.stop());
  password = new URL(server.url).password;
  mkdirSync(join(folder, 'sentinels'));
  const listening = (port: number): readonly string[] => [
    'port 0',
    ...Object.entries(settings(port)).map(([name, value]) => `${name} ${value}`),
  ];
  const watched = { directory: join(folder, 'sentinels'), masterPort: tlsPort, password, sentinelPassword: 'watch' };
  sentinel = opened.use(await SentinelProcess.start({ ...watched, quorum: 1, downAfterMs: 5_000, listening }));
});

afterAll(() => opened.disposeAsync());

const connect = (url: string, files?: RedisTlsFiles): Redis =>
  opened.adopt(openRedis({ url, tls: files, prefix: '', ownership: null }), (each) => each.disconnect());

const urlOf = (scheme: string): string => `${scheme}://default:${password}@127.0.0.1:${tlsPort}`;

describe('a Redis that speaks TLS alone, and wants to see a certificate', () => {
  it('is reached with the files', async () => {
    expect(await connect(urlOf('rediss'), tls).ping()).toBe('PONG');
    expect(await connect(urlOf('REDISS'), tls).ping()).toBe('PONG');
  });

  it('is not believed without its authority, and does not believe who shows nothing', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    connect(urlOf('rediss')).on('error', (error: Error) => resolve(error.message));
    expect(await promise).toContain('self-signed certificate');
    const silent = connect(urlOf('rediss'), { caFile: tls.caFile, certFile: undefined, keyFile: undefined });
    await expect(silent.ping()).rejects.toThrow(/max retries|closed/i);
  });

  it('is reached again with a certificate that was renewed meanwhile', async () => {
    put('second', 'own');
    const redis = connect(urlOf('rediss'), tls);
    await expect(redis.ping()).rejects.toThrow(/max retries|closed/i);
    put('first', 'own');
    expect(await eventually(() => redis.ping())).toBe('PONG');
  });

  it('is refused at the start where a file is missing, in a sentence that names the variables', async () => {
    await using database = await testDatabase();
    const redisTls = { ...tls, caFile: `${folder}/missing.pem` };
    expect(await refusalOf({ databaseUrl: database.url, redisUrl: urlOf('rediss'), redisTls })).toMatch(
      /^A file of PANIER_REDIS_TLS_CA, PANIER_REDIS_TLS_CERT or PANIER_REDIS_TLS_KEY cannot be read \(ENOENT.*missing\.pem'\): set them to files in PEM that panier may read\.$/,
    );
  });

  it('is found by its Sentinels, which do the same', async () => {
    const url = `rediss+sentinel://default:${password}@127.0.0.1:${sentinel.port}/${MASTER}?sentinelPassword=watch`;
    const redis = connect(url, tls);
    expect(await eventually(() => redis.ping())).toBe('PONG');
    expect(await redis.client('INFO')).toContain(`laddr=127.0.0.1:${tlsPort}`);
  });

  it('is a node of a cluster, whose keys are come to in the same way', async () => {
    const port = await freePort();
    const server = await startRedis({
      directory: join(folder, 'node'),
      settings: { ...settings(port), 'tls-cluster': 'yes', 'cluster-enabled': 'yes' },
      say: () => {},
    });
    opened.defer(() => server.process.stop());
    const owner = opened.adopt(new Redis(server.url), (each) => each.disconnect());
    await owner.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383);
    const redis = connect(
      `rediss+cluster://${new URL(server.url).username}:${new URL(server.url).password}@127.0.0.1:${port}`,
      tls,
    );
    expect(await eventually(() => redis.set('basket', 'full'))).toBe('OK');
    expect(await redis.client('INFO')).toContain(`laddr=127.0.0.1:${port}`);
  });
});
