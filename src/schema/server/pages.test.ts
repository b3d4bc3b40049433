import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBuiltPages } from '../../pages/index.ts';
import type { Exposure } from '../../platform/index.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { ask } from './testing/raw-request.ts';

const PAGE = { cookieName: 'panier', newCookie: async () => 'panier=token; Path=/graphql; HttpOnly; SameSite=Strict' };
const ON: Partial<Exposure> = { pages: ['console', 'shop'] };

let server: GatewayServer;
let scripts: readonly string[];

const start = (exposure: Partial<Exposure>): Promise<GatewayServer> =>
  startServer(served(memoryModules(), { page: PAGE }), { host: '127.0.0.1', port: 0, exposure });

const get = (path: string, headers: Readonly<Record<string, string>> = {}, at = server) =>
  ask(at.url, { method: 'GET', path, headers, as: 'Nobody' });

beforeAll(async () => {
  server = await start(ON);
  scripts = [...(await readBuiltPages()).files.keys()].filter((path) => path.endsWith('.js'));
});
afterAll(() => server[Symbol.asyncDispose]());

describe('a page', () => {
  it.each(['/console', '/console/', '/console/orders/order_1?status=PENDING', '/shop', '/shop/cart'])(
    'is served at %s, asked for each time, and runs nothing that stands in its text',
    async (path) => {
      const { status, headers, body } = await get(path);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(body).toContain('<div id="root">');
      expect(body).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=/);
    },
  );

  it.each(['/consoles', '/shopping', '/pages'])('is not served at %s', async (path) => {
    expect((await get(path)).body).not.toContain('<div id="root">');
  });

  it('is only read', async () => {
    const head = await ask(server.url, { method: 'HEAD', path: '/console', as: 'Nobody' });
    expect([head.status, head.body, Number(head.headers['content-length']) > 100]).toEqual([200, '', true]);
    const post = await ask(server.url, { path: '/console', body: '{}', as: 'Nobody' });
    expect([post.status, post.headers['allow']]).toEqual([405, 'GET, HEAD']);
  });
});

describe('a file of a page', () => {
  it('is kept for ever, in the form that the browser takes', async () => {
    const [path = ''] = scripts;
    const plain = await get(path);
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
    });
    const { files } = await readBuiltPages();
    const file = files.get(path);
    expect(plain.body).toBe(file?.identity.toString());
    expect(brotliDecompressSync(file?.br ?? '').equals(file?.identity ?? Buffer.of())).toBe(true);
    expect(gunzipSync(file?.gzip ?? '').equals(file?.identity ?? Buffer.of())).toBe(true);
    for (const [accepted, coding, length] of [
      ['gzip, deflate, br', 'br', file?.br.length],
      ['gzip', 'gzip', file?.gzip.length],
    ] as const) {
      const { headers } = await get(path, { 'accept-encoding': accepted });
      expect([headers['content-encoding'], Number(headers['content-length'])]).toEqual([coding, length]);
    }
  });

  it.each([
    '/pages/none.js',
    '/pages/../package.json',
    '/pages/..%2fpackage.json',
    '/pages/%2e%2e/package.json',
    '/pages//etc/passwd',
    '/pages/documents.json',
    '/pages/\\..\\..\\package.json',
    `/pages/${'x'.repeat(4_000)}`,
  ])('that is none is not kept: %s', async (path) => {
    const { status, headers, body } = await get(path);
    expect(status).toBe(404);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).not.toContain('dependencies');
  });
});

describe('what a browser says it takes', () => {
  it('is read in a moment, however it is written', async () => {
    const [path = ''] = scripts;
    const spaces = `gzip${' '.repeat(15_000)}x`;
    const begunMs = performance.now();
    for (let nth = 0; nth < 5; nth += 1) await get(path, { 'accept-encoding': spaces });
    expect(performance.now() - begunMs).toBeLessThan(500);
    const { headers } = await get(path, { 'accept-encoding': 'deflate ,  gzip  , x' });
    expect(headers['content-encoding']).toBe('gzip');
  });
});

describe("the operators' page", () => {
  it('signs in who opens it on the machine itself; the shop does not', async () => {
    const html = { accept: 'text/html' };
    const signedIn = await get('/console/orders', html);
    expect(signedIn.headers['set-cookie']).toEqual([await PAGE.newCookie()]);
    expect(signedIn.headers['cache-control']).toBe('no-store');
    expect((await get('/shop', html)).headers['set-cookie']).toBeUndefined();
    expect((await get('/console', { ...html, 'x-forwarded-for': '10.0.0.1' })).headers['set-cookie']).toBeUndefined();
    expect((await get('/console', { ...html, host: 'panier.example' })).headers['set-cookie']).toBeUndefined();
    expect((await get(scripts[0] ?? '', html)).headers['set-cookie']).toBeUndefined();
  });
});

describe('the documents of pages', () => {
  it('are run where only trusted ones are, if pages are served', async () => {
    const [id = ''] =
      Object.entries((await readBuiltPages()).documents).find(([, text]) => text.startsWith('query ConsoleViewer')) ??
      [];
    const codeAt = async (pages: Exposure['pages']) => {
      await using trusting = await start({ pages, documents: 'trusted' });
      const { body } = await ask(trusting.url, { body: JSON.stringify({ documentId: id }), as: 'Nobody' });
      return /"code":"(\w+)"/.exec(body)?.[1] ?? body.slice(0, 18);
    };
    expect(await codeAt(['console'])).toBe('{"data":{"viewer":');
    expect(await codeAt([])).toBe('PERSISTED_QUERY_NOT_FOUND');
  });
});

describe('which pages there are', () => {
  it('is as it is said', async () => {
    await using shop = await start({ pages: ['shop'] });
    expect([(await get('/shop', {}, shop)).status, (await get('/console', {}, shop)).status]).toEqual([200, 404]);
    await using none = await start({ pages: [] });
    expect((await get(scripts[0] ?? '', {}, none)).status).toBe(404);
  });
});
