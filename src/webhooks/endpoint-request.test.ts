import { describe, expect, it } from 'vitest';
import { readConfig } from '../platform/index.ts';
import { readEventTypes, readUrl } from './endpoint-request.ts';

const rules = (allow = '', httpsOnly = false) => ({
  allow: readConfig({ PANIER_WEBHOOK_ALLOW: allow }).webhookAllowance,
  httpsOnly,
});

const refusal = (url: string, given = rules()): string => {
  const read = readUrl(url, given);
  return read.ok ? `taken: ${read.value}` : read.error.message;
};

describe('the URL of an endpoint', () => {
  it.each([
    ['https://shop.example', 'https://shop.example/'],
    ['https://shop.example:8443/hooks?shop=1', 'https://shop.example:8443/hooks?shop=1'],
    ['http://shop.example', 'http://shop.example/'],
    ['https://ÜBER.example/ä', 'https://xn--ber-goa.example/%C3%A4'],
  ])('is taken as it will be called: %s', (given, called) =>
    expect(readUrl(given, rules())).toEqual({ ok: true, value: called }),
  );

  it.each([
    ['shop.example', 'url is no URL: give one such as https://shop.example/webhooks.'],
    ['ftp://shop.example', 'url has to begin with https://.'],
    ['https://user:secret@shop.example', 'url holds a user or a password'],
    ['https://user@shop.example', 'url holds a user or a password'],
    ['https://shop.example/#there', 'url has to end before the #'],
    ['https://shop.example:25', 'url names port 25: take 80, 443 or one from 1024 on.'],
    [`https://shop.example/${'x'.repeat(2_000)}`, 'url has at most 2000 characters.'],
    ['http://127.0.0.1:9000', 'url leads to 127.0.0.1 (loopback)'],
    ['http://2130706433', 'url leads to 127.0.0.1 (loopback)'],
    ['http://0x7f.1', 'url leads to 127.0.0.1 (loopback)'],
    ['http://[::1]', 'url leads to ::1 (loopback)'],
    ['http://[::ffff:10.0.0.1]', 'url leads to ::ffff:a00:1 (private)'],
    ['http://169.254.169.254/latest/meta-data', 'url leads to 169.254.169.254 (linkLocal)'],
  ])('is refused with words that say why: %s', (url, message) => expect(refusal(url)).toContain(message));

  it('repeats no password that it refuses', () => {
    expect(refusal('https://user:secret@shop.example')).not.toContain('secret');
  });

  it('may be an address that is allowed', () => {
    expect(readUrl('http://127.0.0.1:9000/', rules('private')).ok).toBe(true);
    expect(readUrl('http://127.0.0.1:9000/', rules('127.0.0.1')).ok).toBe(true);
    expect(readUrl('http://127.0.0.1:9000/', rules('127.0.0.2')).ok).toBe(false);
  });

  it('has to be https in production', () => {
    expect(refusal('http://shop.example', rules('', true))).toContain('url has to be https');
    expect(readUrl('https://shop.example', rules('', true)).ok).toBe(true);
  });
});

describe('the types of events of an endpoint', () => {
  it('are those of the catalogue, each once, or all', () => {
    expect(readEventTypes(['OrderCreated', 'OrderCreated'])).toEqual({ ok: true, value: ['OrderCreated'] });
    expect(readEventTypes(null)).toEqual({ ok: true, value: null });
  });

  it.each([
    [['OrderCreatd'], 'OrderCreatd'],
    [[], 'is empty'],
  ] as const)('are refused with what would do: %j', (types, message) => {
    const read = readEventTypes(types);
    expect(read.ok ? '' : read.error.message).toContain(message);
  });
});
