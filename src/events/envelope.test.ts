import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recorded } from '../../harness/support/recorded.ts';
import { anyEventOf, EVENT_TYPES } from './any-event.fixture.ts';
import { CATALOGUE, type DataOf, type DomainEvent, STREAMS } from './catalogue.ts';
import { DecodeError } from './codec.ts';
import { decodeEntry, decodeEvent, encodeData, encodeEntry } from './envelope.ts';
import { ID_PREFIXES } from './ids.ts';

const aCart = { aggregateId: 'cart_1' };

const readNamed = (name: string) => {
  const data = { productId: 'prod_1', name, price: '1.00', currency: 'EUR' };
  const { envelope } = recorded({ type: 'ProductUpserted', data });
  return () => decodeEntry(envelope.stream, encodeEntry(envelope));
};

describe('an event of the catalogue', () => {
  it.each(EVENT_TYPES)('%s is read as it was written', (type) => {
    fc.assert(
      fc.property(anyEventOf(type), (event) => {
        const sent = recorded(event, CATALOGUE[type].aggregateType === 'Cart' ? aCart : {});
        expect(decodeEntry(sent.envelope.stream, encodeEntry(sent.envelope))).toEqual(sent);
      }),
      { numRuns: 25 },
    );
  });

  it.each(EVENT_TYPES)('%s of another kind of aggregate is refused', (type) => {
    const [event] = fc.sample(anyEventOf(type), 1);
    if (event === undefined) throw new Error('nothing was sampled');
    const kind = CATALOGUE[type].aggregateType;
    const others = Object.values(ID_PREFIXES).filter((prefix) => prefix !== ID_PREFIXES[kind]);
    for (const aggregateId of [...others.map((prefix) => `${prefix}1`), '1', ID_PREFIXES[kind]]) {
      const field = kind === 'Cart' ? [] : [kind === 'DeadLetter' ? 'deadLetterId' : `${kind.toLowerCase()}Id`];
      const data = { ...event.data, ...Object.fromEntries(field.map((name) => [name, aggregateId])) };
      const { envelope } = recorded({ type, data } as DomainEvent, { aggregateId });
      expect(() => decodeEntry(envelope.stream, encodeEntry(envelope))).toThrow(DecodeError);
    }
  });

  it('has texts counted in characters, not in units of UTF-16', () => {
    expect(readNamed('\u{1f6b2}'.repeat(200))).not.toThrow();
    expect(readNamed('\u{1f6b2}'.repeat(201))).toThrow('at most 200 characters');
  });

  it('names nothing of another kind, in its lines neither', () => {
    const created = fc.sample(anyEventOf('OrderCreated'), 1)[0]?.data as DataOf<'OrderCreated'>;
    const line = { productId: 'prod_1', quantity: 1, unitPrice: '1.00' };
    const read = (change: Partial<DataOf<'OrderCreated'>>) => {
      const event = { type: 'OrderCreated', data: { ...created, lines: [line], ...change } } as const;
      const { envelope } = recorded(event);
      return () => decodeEntry(envelope.stream, encodeEntry(envelope));
    };
    expect(read({})).not.toThrow();
    expect(read({ cartId: 'order_1' })).toThrow('order_1 is the id of another kind (Order) where one of Cart is meant');
    expect(read({ lines: [line, { ...line, productId: 'cart_1' }] })).toThrow('cart_1 is the id of another kind');
    expect(read({ cartId: 'basket-1', lines: [{ ...line, productId: 'sku-1' }] })).not.toThrow();
  });

  it.each(EVENT_TYPES)('%s stands on the wire in snake_case', (type) => {
    const [event] = fc.sample(anyEventOf(type), 1);
    if (event === undefined) throw new Error('nothing was sampled');
    const names = Object.keys(encodeData(event));
    expect(names.filter((name) => !/^[a-z]+(_[a-z]+)*$/.test(name))).toEqual([]);
  });

  it('is written as the catalogue of events says', () => {
    const added = recorded(
      { type: 'CartItemAdded', data: { cartItemId: '5', productId: 'prod_4', quantity: 1, unitPrice: '699.99' } },
      { aggregateId: 'cart_1', version: 2, eventId: 'event_1' },
    );
    const entry = encodeEntry(added.envelope).join(' ');
    expect(entry).toBe(
      'event_id event_1 event_type CartItemAdded stream ecommerce.carts.events ' +
        'occurred_at 2026-01-02T03:04:05.678Z aggregate_type Cart aggregate_id cart_1 ' +
        'version 2 correlation_id cart_1 causation_id  producer ecommerce-api ' +
        'producer_instance ecommerce-api-1 traceparent  schema_version 1 ' +
        'data {"cart_item_id":"5","product_id":"prod_4","quantity":1,"unit_price":"699.99"}',
    );
  });

  it('is a defect in the journal when its data does not fit its type', () => {
    expect(() => decodeEvent({ type: 'OrderConfirmed', data: {} })).toThrow(DecodeError);
  });
});

const valid: Readonly<Record<string, string>> = {
  event_id: 'event_1',
  event_type: 'PaymentSucceeded',
  stream: STREAMS.payments,
  occurred_at: '2026-01-02T03:04:05Z',
  aggregate_type: 'Order',
  aggregate_id: 'order_1',
  version: '7',
  correlation_id: 'order_1',
  causation_id: 'event_0',
  producer: 'payment-service',
  producer_instance: 'payment-service-3',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  schema_version: '1',
  data: '{"order_id":"order_1","payment_id":"pay_1","amount":"1.00","currency":"EUR"}',
};

const entryWith = (changed: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries({ ...valid, ...changed }).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));

const decode = (changed: Readonly<Record<string, string | undefined>>) =>
  decodeEntry(STREAMS.payments, entryWith(changed));

const withData = (changed: Readonly<Record<string, unknown>>) => ({
  data: JSON.stringify({ ...(JSON.parse(valid['data'] ?? '') as object), ...changed }),
});

/** `read`, or the message of the refusal; anything else that is thrown is a defect. */
const outcomeOf = (changed: Readonly<Record<string, string>>): string => {
  try {
    decode(changed);
    return 'read';
  } catch (error) {
    if (error instanceof DecodeError) return error.message;
    throw error;
  }
};

describe('an entry of another service', () => {
  it('may leave out what can be filled in', () => {
    const optional = { version: undefined, causation_id: undefined, traceparent: undefined, schema_version: undefined };
    const filled = { version: null, causationId: null, traceparent: null, schemaVersion: 1 };
    expect(decode(optional).envelope).toMatchObject(filled);
    expect(decode({ version: '', causation_id: '', traceparent: '', schema_version: '' }).envelope).toMatchObject(
      filled,
    );
  });

  it('may carry fields that nobody knows, and keeps them in its data', () => {
    const read = decode({ unheard_of: 'x', ...withData({ receipt: { number: 5 } }) });
    expect(read.event.data).toEqual({ orderId: 'order_1', paymentId: 'pay_1', amount: '1.00', currency: 'EUR' });
    expect(read.envelope.data['receipt']).toEqual({ number: 5 });
  });

  it('may name its instant in any time zone', () => {
    expect(decode({ occurred_at: '2026-01-02T05:04:05.5+02:00' }).envelope.occurredAt).toBe('2026-01-02T03:04:05.500Z');
  });

  const required = Object.keys(valid).filter(
    (name) => !['version', 'causation_id', 'traceparent', 'schema_version'].includes(name),
  );
  it.each(required)('without %s is refused by that name', (name) => {
    expect(() => decode({ [name]: undefined })).toThrow(new DecodeError(`${name}: is missing`));
    expect(() => decode({ [name]: '' })).toThrow(new DecodeError(`${name}: is missing`));
  });

  const garbage: readonly (readonly [name: string, value: string])[] = [
    ['event_id', 'two words'],
    ['event_id', 'x'.repeat(101)],
    ['event_type', '__proto__'],
    ['event_type', 'constructor'],
    ['event_type', 'PaymentForgotten'],
    ['stream', STREAMS.orders],
    ['occurred_at', 'yesterday'],
    ['occurred_at', '2026-01-02'],
    ['occurred_at', '2026-01-02T03:04:05'],
    ['occurred_at', '2026-13-02T03:04:05Z'],
    ['occurred_at', '0000-01-02T03:04:05Z'],
    ['occurred_at', '0001-01-01T00:00:00+02:00'],
    ['occurred_at', '9999-12-31T23:59:59-02:00'],
    ['aggregate_type', 'Cart'],
    ['aggregate_id', 'order_1\0'],
    ['aggregate_id', 'order_2'],
    ['version', '0'],
    ['version', '-1'],
    ['version', '1.5'],
    ['version', '99999999999'],
    ['correlation_id', 'a\nb'],
    ['causation_id', 'event_0\0'],
    ['causation_id', 'x'.repeat(10_000)],
    ['producer', '<script>'],
    ['producer_instance', ' '],
    ['traceparent', '00-\0'],
    ['traceparent', 'x'.repeat(10_000)],
    ['schema_version', 'one'],
    ['data', '{'],
    ['data', 'null'],
    ['data', '[]'],
    ['data', '"text"'],
    ['data', `{"order_id":"${'x'.repeat(262_144)}"}`],
  ];
  const described = garbage.map(([name, value]) => [name, JSON.stringify(value).slice(0, 40), value] as const);
  it.each(described)('with garbage as its %s is refused by that name: %s', (name, _, value) => {
    expect(() => decode({ [name]: value })).toThrow(DecodeError);
    expect(() => decode({ [name]: value })).toThrow(new RegExp(`^${name}: `));
  });

  it.each([
    ['order_id', 'order 1'],
    ['order_id', 7],
    ['payment_id', null],
    ['payment_id', undefined],
    ['amount', 1],
    ['amount', '-1.00'],
    ['amount', '1e9'],
    ['amount', '1.0000001'],
    ['currency', 'XXXX'],
    ['currency', '__proto__'],
  ])('with garbage as %s in its data is refused by that name: %j', (name, value) => {
    expect(() => decode(withData({ [name]: value }))).toThrow(new RegExp(`^${name}: `));
  });

  it('on the wrong stream is refused', () => {
    expect(() => decodeEntry(STREAMS.orders, entryWith({}))).toThrow(/^stream: PaymentSucceeded belongs on/);
  });

  it('without any field is refused', () => {
    expect(() => decodeEntry(STREAMS.payments, [])).toThrow('event_type: is missing');
    expect(() => decodeEntry(STREAMS.payments, ['event_type'])).toThrow('event_type: is missing');
  });

  it('cannot reach the prototype of anything', () => {
    const data =
      '{"order_id":"order_1","payment_id":"__proto__","amount":"1.00","currency":"EUR","__proto__":{"polluted":1}}';
    const { event } = decode({ data, ['__proto__']: 'polluted' });
    expect(event.data).toMatchObject({ paymentId: '__proto__' });
    expect(event.data).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });

  it('is either read or refused by a name, whatever it holds', () => {
    const anything = fc.dictionary(fc.constantFrom(...Object.keys(valid)), fc.string({ unit: 'binary' }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(anything, (changed) => {
        expect(outcomeOf(changed)).toMatch(/^(read|[a-z_]+: )/);
      }),
    );
  });
});
