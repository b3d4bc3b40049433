import { CloudEvent, HTTP } from 'cloudevents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recorded } from '../../harness/support/recorded.ts';
import { anyEventOf, EVENT_TYPES } from './any-event.fixture.ts';
import { binaryMessage, cloudEventOf, type HttpMessage, structuredMessage } from './cloud-event.ts';
import type { Envelope } from './envelope.ts';

const read = (message: HttpMessage): CloudEvent<unknown> => {
  const event = HTTP.toEvent({ headers: { ...message.headers }, body: message.body });
  if (!(event instanceof CloudEvent)) throw new Error('one event was expected');
  return event as CloudEvent<unknown>;
};

const anyEvent = fc
  .constantFrom(...EVENT_TYPES)
  .chain((type) => anyEventOf(type))
  .chain((event) =>
    fc.record({
      event: fc.constant(event),
      causationId: fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: null }),
      traceparent: fc.constantFrom(null, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'),
      version: fc.option(fc.integer({ min: 1 }), { nil: null }),
    }),
  )
  .map(({ event, ...given }) => recorded(event, { aggregateId: 'cart_1', ...given }).envelope);

describe('a CloudEvent', () => {
  it('has what the envelope says, in words that others know', () => {
    const { envelope } = recorded(
      { type: 'CartItemRemoved', data: { cartItemId: '1' } },
      { eventId: 'event_1', aggregateId: 'cart_1', version: 3, causationId: 'event_0', correlationId: 'order_1' },
    );
    expect(cloudEventOf(envelope)).toEqual({
      attributes: {
        specversion: '1.0',
        id: 'event_1',
        source: 'urn:panier:ecommerce-api',
        type: 'panier.CartItemRemoved',
        subject: 'cart_1',
        time: '2026-01-02T03:04:05.678Z',
        datacontenttype: 'application/json',
        dataschema: 'urn:panier:events:CartItemRemoved:1',
        aggregatetype: 'Cart',
        aggregateversion: 3,
        correlationid: 'order_1',
        causationid: 'event_0',
      },
      data: { cart_item_id: '1' },
    });
  });

  it('shows no reference to a payment method that an old event holds', () => {
    const { envelope } = recorded({ type: 'CartItemRemoved', data: { cartItemId: '1' } }, { aggregateId: 'cart_1' });
    const old: Envelope = { ...envelope, data: { order_id: 'order_1', payment_method: 'pm_secret' } };
    for (const message of [structuredMessage(cloudEventOf(old)), binaryMessage(cloudEventOf(old))])
      expect(JSON.stringify(message)).not.toContain('pm_secret');
  });

  it.each([
    ['structured', structuredMessage],
    ['binary', binaryMessage],
  ] as const)('is read by the library of CloudEvents as it was written: %s', (_mode, messageOf) => {
    fc.assert(
      fc.property(anyEvent, (envelope) => {
        const event = cloudEventOf(envelope);
        const heard = read(messageOf(event));
        expect(heard.validate()).toBe(true);
        expect(heard).toMatchObject({ id: envelope.eventId, type: `panier.${envelope.type}`, subject: 'cart_1' });
        expect(heard.data).toEqual(event.data);
      }),
      { numRuns: 200 },
    );
  });

  it('has headers in binary mode that hold nothing but what a header may hold', () => {
    fc.assert(
      fc.property(anyEvent, (envelope) => {
        for (const value of Object.values(binaryMessage(cloudEventOf(envelope)).headers))
          expect(value).toMatch(/^[!-~]+$/);
      }),
    );
  });

  it('escapes what a header cannot hold, and the percent sign, as the binding says', () => {
    const { envelope } = recorded(
      { type: 'CartItemRemoved', data: { cartItemId: '1' } },
      { aggregateId: 'cart_1', causationId: 'Euro € "100%" 😀' },
    );
    expect(binaryMessage(cloudEventOf(envelope)).headers['ce-causationid']).toBe(
      'Euro%20%E2%82%AC%20%22100%25%22%20%F0%9F%98%80',
    );
  });
});
