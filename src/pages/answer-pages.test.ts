import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ShopPayments } from '../platform/index.ts';
import { openPages } from './answer-pages.ts';
import type { BuiltFile } from './built-pages.ts';
import { pagePolicy, shopPolicy } from './page-policy.ts';
import { withPayments } from './shop-page.ts';

it('says what to do where the pages are not built', () => {
  const pages = openPages(
    { files: new Map(), documents: {} },
    { names: ['console'], shopPayments: { kind: 'Simulated' } },
  );
  const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/console' });
  expect(pages.asked(request)).toBe('console');
  const refusal = pages.answer(request, new ServerResponse(request));
  expect(refusal).toEqual({ status: 503, message: expect.stringContaining('npm run pages') as string });
});

const STRIPE: ShopPayments = {
  kind: 'Stripe',
  publishableKey: 'pk_test_1',
  library: 'https://js.stripe.com/endive/stripe.js',
};

describe('the shop’s page', () => {
  const none = Buffer.from('');
  const built: BuiltFile = {
    contentType: 'text/html',
    identity: Buffer.from('<head><meta name="panier-payments" data-provider="simulated" /></head>'),
    br: none,
    gzip: none,
  };
  const said =
    '<head><meta name="panier-payments" data-provider="stripe" data-key="pk_test_1" data-library="https://js.stripe.com/endive/stripe.js" /></head>';

  it('says by whom its customers pay, however it is compressed', () => {
    const { identity, br, gzip } = withPayments(built, STRIPE);
    const texts = [identity, brotliDecompressSync(br), gunzipSync(gzip)].map(String);
    expect(texts).toEqual([said, said, said]);
    expect(withPayments(built, { kind: 'Simulated' })).toBe(built);
  });

  it('is not served by a gateway that cannot tell it how they pay', () => {
    const older = { ...built, identity: Buffer.from('<head></head>') };
    expect(() => withPayments(older, STRIPE)).toThrow(/npm run pages/);
  });

  it('loads from Stripe only where cards are entered, and from nobody else', () => {
    expect(shopPolicy({ kind: 'Simulated' })).toBe(pagePolicy());
    expect(shopPolicy({ ...STRIPE, publishableKey: undefined })).toBe(pagePolicy());
    expect(shopPolicy(STRIPE)).toContain("script-src 'self' https://js.stripe.com https://*.js.stripe.com;");
    expect(shopPolicy(STRIPE)).toContain("connect-src 'self' https://api.stripe.com;");
    const standIn = shopPolicy({ ...STRIPE, library: 'http://127.0.0.1:12111/stripe.js' });
    expect(standIn).toContain("script-src 'self' http://127.0.0.1:12111;");
    expect(standIn).not.toContain('stripe.com');
  });
});
