import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { eventSchemas, type JsonSchema } from '../../src/events/index.ts';
import { departures, type Schemas } from '../../tools/event-lock/departures.ts';

const now = eventSchemas();

/** The schemas as they would be, were the data of a type changed so. */
const withData = (name: string, change: (data: JsonSchema) => JsonSchema): Schemas => {
  const event = now.$defs[name] ?? {};
  const data = change(event.properties?.['data'] ?? {});
  return { $defs: { ...now.$defs, [name]: { ...event, properties: { ...event.properties, data } } } };
};

const withField = (name: string, field: string, change: (schema: JsonSchema) => JsonSchema): Schemas =>
  withData(name, (data) => ({
    ...data,
    properties: { ...data.properties, [field]: change(data.properties?.[field] ?? {}) },
  }));

const without = ({ $defs }: Schemas, name: string): Schemas => {
  const { [name]: _gone, ...rest } = $defs;
  return { $defs: rest };
};

const withoutField = (name: string, field: string): Schemas =>
  withData(name, (data) => {
    const { [field]: _gone, ...properties } = data.properties ?? {};
    return { ...data, properties, required: (data.required ?? []).filter((each) => each !== field) };
  });

const withStream = (name: string, stream: string): Schemas => {
  const event = now.$defs[name] ?? {};
  const moved: JsonSchema = {
    ...event,
    properties: { ...event.properties, stream: { type: 'string', const: stream } },
  };
  return { $defs: { ...now.$defs, [name]: moved } };
};

const notRequired = (name: string, field: string): Schemas =>
  withData(name, (data) => ({ ...data, required: (data.required ?? []).filter((each) => each !== field) }));

const ORDER = 'OrderConfirmed.1';
const ITEM = 'CartItemQuantityChanged.1';

describe('events that are not what they were', () => {
  it('are none when nothing has changed', () => expect(departures(now, now)).toEqual([]));

  it.each<readonly [string, Schemas, readonly string[]]>([
    [
      'a removed field',
      withoutField(ORDER, 'order_id'),
      [`${ORDER}.data.order_id: may be missing, and was required`, `${ORDER}.data.order_id: is gone`],
    ],
    [
      'a removed field that may be missing',
      withoutField('CartCreated.1', 'session_id'),
      ['CartCreated.1.data.session_id: is gone'],
    ],
    [
      'a narrowed number',
      withField(ITEM, 'quantity', (field) => ({ ...field, maximum: 99 })),
      [`${ITEM}.data.quantity: narrowed: maximum 999 is now 99`],
    ],
    [
      'a widened number',
      withField(ITEM, 'quantity', (field) => ({ ...field, minimum: 0 })),
      [`${ITEM}.data.quantity: widened: minimum 1 is now 0`],
    ],
    [
      'a narrowed text',
      withField('OrderRejected.1', 'reason', (field) => ({ ...field, maxLength: 10 })),
      ['OrderRejected.1.data.reason: narrowed: maxLength 1000 is now 10'],
    ],
    [
      'a shorter list',
      withField('StockCompensated.1', 'lines', (field) => ({ ...field, maxItems: 10 })),
      ['StockCompensated.1.data.lines: narrowed: maxItems 100 is now 10'],
    ],
    [
      'a narrowed line of a list',
      withField('StockCompensated.1', 'lines', (field) => ({
        ...field,
        items: {
          ...field.items,
          properties: { ...field.items?.properties, quantity: { type: 'integer', minimum: 1, maximum: 5 } },
        },
      })),
      ['StockCompensated.1.data.lines[].quantity: narrowed: maximum 99900 is now 5'],
    ],
    [
      'a list of whatever it is',
      withField('StockCompensated.1', 'lines', ({ items: _items, ...field }) => field),
      expect.arrayContaining(['StockCompensated.1.data.lines[]: anything is new']) as readonly string[],
    ],
    [
      'fewer words',
      withField('PaymentPending.1', 'waits_for', (field) => ({ ...field, enum: ['PROVIDER'] })),
      ['PaymentPending.1.data.waits_for: CUSTOMER is taken no more'],
    ],
    [
      'more words',
      withField('PaymentPending.1', 'waits_for', (field) => ({ ...field, enum: ['PROVIDER', 'CUSTOMER', 'BANK'] })),
      ['PaymentPending.1.data.waits_for: BANK is new'],
    ],
    [
      'another type',
      withField('PaymentFailed.1', 'message', () => ({ type: 'integer' })),
      expect.arrayContaining(['PaymentFailed.1.data.message: string is taken no more']) as readonly string[],
    ],
    [
      'null no more',
      withField('CartCreated.1', 'session_id', (field) => ({ ...field, type: 'string' })),
      ['CartCreated.1.data.session_id: null is taken no more'],
    ],
    [
      'another form',
      withField('OrderCreated.2', 'method_kind', (field) => ({ ...field, pattern: '^[a-z]+$' })),
      ['OrderCreated.2.data.method_kind: pattern ^[A-Z][A-Z_]{0,29}$ is now ^[a-z]+$'],
    ],
    [
      'a new required field',
      withData(ORDER, (data) => ({
        ...data,
        properties: { ...data.properties, at: { type: 'string' } },
        required: [...(data.required ?? []), 'at'],
      })),
      [`${ORDER}.data.at: is required, and was not`],
    ],
    [
      'a field that may be missing now',
      notRequired(ORDER, 'order_id'),
      [`${ORDER}.data.order_id: may be missing, and was required`],
    ],
    ['a removed type', without(now, ORDER), [`${ORDER}: is gone`]],
    ['a removed version', without(now, 'OrderCreated.1'), ['OrderCreated.1: is gone']],
    [
      'another stream',
      withStream(ORDER, 'elsewhere'),
      [`${ORDER}.stream: const ecommerce.orders.events is now elsewhere`],
    ],
    [
      'fewer currencies, where they are defined once',
      { $defs: { ...now.$defs, Currency: { type: 'string', enum: now.$defs['Currency']?.enum?.slice(1) ?? [] } } },
      expect.arrayContaining(['CartCreated.1.data.currency: AED is taken no more']) as readonly string[],
    ],
  ])('are found: %s', (_what, changed, expected) => expect(departures(now, changed)).toEqual(expected));

  it.each<readonly [string, Schemas]>([
    ['a field that may be missing', withField(ORDER, 'note', () => ({ type: ['string', 'null'] }))],
    ['a type', { $defs: { ...now.$defs, 'OrderForgotten.1': { type: 'object' } } }],
    ['a version', { $defs: { ...now.$defs, 'OrderConfirmed.2': { type: 'object' } } }],
  ])('may have more: %s', (_what, changed) => expect(departures(now, changed)).toEqual([]));
});

describe('the check', () => {
  const directory = mkdtempSync(join(tmpdir(), 'panier-lock-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  const check = (released: Schemas) => {
    const lock = join(directory, 'lock.json');
    writeFileSync(lock, JSON.stringify(released));
    const { status, stdout } = spawnSync('node', ['tools/event-lock.ts', '--lock', lock], { encoding: 'utf8' });
    return { status, first: stdout.split('\n')[0] };
  };

  it('passes for the events of the last release', () => {
    const { status, stdout } = spawnSync('node', ['tools/event-lock.ts'], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '0 departures from the events of the last release\n']);
  });

  it.each<readonly [string, Schemas, string]>([
    ['a field was removed since', withField(ORDER, 'note', () => ({ type: 'string' })), `${ORDER}.data.note: is gone`],
    [
      'a field was narrowed since',
      withField(ITEM, 'quantity', (field) => ({ ...field, maximum: 5_000 })),
      `${ITEM}.data.quantity: narrowed: maximum 5000 is now 999`,
    ],
    ['a field is required since', notRequired(ORDER, 'order_id'), `${ORDER}.data.order_id: is required, and was not`],
  ])('fails when %s', (_what, released, first) => expect(check(released)).toEqual({ status: 1, first }));

  it('passes when a type and a field that may be missing are new', () => {
    expect(check(without(withoutField('CartCreated.1', 'session_id'), 'VisitClaimed.1')).status).toBe(0);
  });

  it('records nothing while something departs, unless that is accepted', () => {
    const lock = join(directory, 'recorded.json');
    const run = (...args: readonly string[]) =>
      spawnSync('node', ['tools/event-lock.ts', '--lock', lock, '--record', ...args]).status;
    writeFileSync(lock, JSON.stringify(notRequired(ORDER, 'order_id')));
    expect(run()).toBe(1);
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual(notRequired(ORDER, 'order_id'));
    expect(run('--accept')).toBe(0);
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual(now);
  });
});
