import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { documentAt } from './markdown.ts';

type Verify = (secret: string, headers: Readonly<Record<string, string>>, body: string) => boolean;

/** What receivers are shown, as it stands there. */
const exampleOf = async (): Promise<Verify> => {
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(documentAt('docs/webhooks.md').text) ?? [];
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { readonly verify: Verify };
  return module.verify;
};

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const BODY = '{"subject":"order_1"}';

const signed = (secrets: readonly string[], at = new Date()): Readonly<Record<string, string>> => ({
  'webhook-id': 'event_1',
  'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign('event_1', at, BODY)).join(' '),
});

describe('the receiver that docs/webhooks.md shows', () => {
  it('takes what is signed with its secret, and with its secret among two', async () => {
    const verify = await exampleOf();
    expect(verify(SECRET, signed([SECRET]), BODY)).toBe(true);
    expect(verify(SECRET, signed([OTHER, SECRET]), BODY)).toBe(true);
  });

  it('refuses what is not signed, and throws at nothing that a stranger leaves out', async () => {
    const verify = await exampleOf();
    for (const left of Object.keys(signed([SECRET]))) {
      const { [left]: _left, ...headers } = signed([SECRET]);
      expect(verify(SECRET, headers, BODY)).toBe(false);
    }
    expect(verify(SECRET, {}, BODY)).toBe(false);
  });

  it('refuses another secret, another body, another id and another time', async () => {
    const verify = await exampleOf();
    expect(verify(OTHER, signed([SECRET]), BODY)).toBe(false);
    expect(verify(SECRET, signed([SECRET]), `${BODY} `)).toBe(false);
    expect(verify(SECRET, { ...signed([SECRET]), 'webhook-id': 'event_2' }, BODY)).toBe(false);
    expect(verify(SECRET, signed([SECRET], new Date(Date.now() - 301_000)), BODY)).toBe(false);
    expect(verify(SECRET, { ...signed([SECRET]), 'webhook-timestamp': 'now' }, BODY)).toBe(false);
  });
});
