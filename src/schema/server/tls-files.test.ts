import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Certificate, readCertificate, watchCertificate } from '../../http/index.ts';
import { openLogger, type TlsFiles } from '../../platform/index.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';

const FILES = join(import.meta.dirname, 'testing', 'tls');

let folder: string;
let tls: TlsFiles;

const put = async (name: 'first' | 'second'): Promise<void> => {
  await copyFile(join(FILES, `${name}.key.pem`), tls.keyFile);
  await copyFile(join(FILES, `${name}.cert.pem`), tls.certFile);
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'panier-tls-'));
  tls = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  await put('first');
});
afterEach(() => rm(folder, { recursive: true }));

describe('a gateway with a certificate', () => {
  let server: GatewayServer;

  beforeEach(async () => {
    const parts = served(memoryModules());
    server = await startServer(parts, { host: '127.0.0.1', port: 0, exposure: { tls } });
  });
  afterEach(() => server[Symbol.asyncDispose]());

  it('speaks HTTPS, and says that it is to be kept to', async () => {
    const answered = Promise.withResolvers<unknown>();
    const options = { method: 'GET', rejectUnauthorized: false, agent: false };
    request(`${server.url}/livez`, options, ({ statusCode, headers }) =>
      answered.resolve([statusCode, headers['strict-transport-security']]),
    ).end();
    expect(server.url).toMatch(/^https:/);
    expect(await answered.promise).toEqual([200, 'max-age=31536000']);
  });

  it('opens WebSockets, and counts their connections', async () => {
    const url = `${server.url.replace('http', 'ws')}/graphql`;
    const socket = new WebSocket(url, 'graphql-transport-ws', { rejectUnauthorized: false });
    await new Promise((resolve) => socket.once('open', resolve));
    expect(server.openConnections()).toBe(1);
    socket.close();
    await expect.poll(() => server.openConnections()).toBe(0);
  });

  it('lets nobody in who speaks plain HTTP', async () => {
    await expect(fetch(server.url.replace('https', 'http'))).rejects.toThrow('fetch failed');
  });
});

describe('a certificate', () => {
  it('is used anew when its files change, unless they are none', async () => {
    const renewed: Certificate[] = [];
    using _watch = watchCertificate(tls, {
      logger: openLogger('silent'),
      renew: (certificate) => renewed.push(certificate),
      everyMs: 10,
    });
    await writeFile(tls.certFile, 'half a certi');
    await expect.poll(async () => readCertificate(tls).catch(() => 'refused')).toBe('refused');
    await put('second');
    const second = await readCertificate(tls);
    await expect.poll(() => renewed.at(-1)).toEqual(second);
  });

  it.each([
    ['is missing', async () => rm(tls.certFile)],
    ['is none', async () => writeFile(tls.certFile, 'none')],
    ['does not belong to its key', async () => copyFile(join(FILES, 'second.key.pem'), tls.keyFile)],
  ])('stops the start with a sentence when it %s', async (_what, spoil) => {
    await spoil();
    const parts = served(memoryModules());
    await expect(startServer(parts, { host: '127.0.0.1', port: 0, exposure: { tls } })).rejects.toThrow(
      /^PANIER_TLS_CERT and PANIER_TLS_KEY cannot be used \(.+\): set them to a certificate/,
    );
  });
});
