import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { recorded } from '../../harness/support/recorded.ts';
import { signedMessage } from './message.ts';
import { keyOf, newSecret, type SigningKey } from './secret.ts';

const NOW_MS = Date.now();
const { envelope } = recorded({ type: 'CartItemRemoved', data: { cartItemId: '€' } }, { aggregateId: 'cart_1' });

const keyFor = (secret: string, expiresAtMs: number | null = null): SigningKey => ({ key: keyOf(secret), expiresAtMs });

const verified = (secret: string, keys: readonly SigningKey[], tampered = ''): unknown => {
  const { headers, body } = signedMessage(envelope, { format: 'STRUCTURED', keys }, NOW_MS);
  return new Webhook(secret).verify(body + tampered, { ...headers });
};

describe('a signature', () => {
  it('is verified by the library of Standard Webhooks', () => {
    const secret = newSecret();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(verified(secret, [keyFor(secret)])).toMatchObject({ id: envelope.eventId, data: { cart_item_id: '€' } });
  });

  it('is not of another secret, nor of another body', () => {
    const secret = newSecret();
    expect(() => verified(newSecret(), [keyFor(secret)])).toThrow('No matching signature found');
    expect(() => verified(secret, [keyFor(secret)], ' ')).toThrow('No matching signature found');
  });

  it('is there for both secrets while they rotate, and for one when the other has expired', () => {
    const [old, young] = [newSecret(), newSecret()];
    const rotating = [keyFor(young), keyFor(old, NOW_MS + 60_000)];
    expect(verified(old, rotating)).toBeTruthy();
    expect(verified(young, rotating)).toBeTruthy();
    expect(() => verified(old, [keyFor(young), keyFor(old, NOW_MS - 1_000)])).toThrow('No matching signature found');
  });

  it('is of the moment of each attempt, under one id', () => {
    const keys = [keyFor(newSecret())];
    const [first, second] = [NOW_MS, NOW_MS + 5_000].map(
      (ms) => signedMessage(envelope, { format: 'BINARY', keys }, ms).headers,
    );
    expect(first?.['webhook-id']).toBe(envelope.eventId);
    expect(second?.['webhook-id']).toBe(envelope.eventId);
    expect(second?.['webhook-timestamp']).not.toBe(first?.['webhook-timestamp']);
    expect(second?.['webhook-signature']).not.toBe(first?.['webhook-signature']);
  });
});
