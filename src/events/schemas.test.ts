import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyEventOf } from './any-event.fixture.ts';
import { CATALOGUE } from './catalogue.ts';
import { type Codec, DecodeError, instant, integer, list, literal, oneOf, record, text, word } from './codec.ts';
import { decodeEntry, decodeEvent, encodeData } from './envelope.ts';
import { envelopeSchema } from './envelope-schema.ts';
import { EVENT_VERSIONS, type EventVersion, eventSchemas } from './event-schemas.ts';
import first from './golden/version-1.json' with { type: 'json' };
import second from './golden/version-2.json' with { type: 'json' };
import type { Json, JsonObject } from './json.ts';
import { currency, decimal } from './money.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
addFormats.default(ajv);

/** Whether `read` takes it; anything else than a DecodeError is a defect. */
const isRead = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
};

const HOSTILE_TEXTS = [
  '',
  '\0',
  'a\0b',
  '\ud800',
  'x\udc00y',
  '\u{1f6b2}',
  '\n',
  'a\n',
  '-1',
  '-0',
  '+1',
  '1.0000001',
  `1.5${'0'.repeat(39)}`,
  `1.5${'0'.repeat(40)}`,
  '1.',
  '.5',
  '1e9',
  '0'.repeat(16),
  '٣',
  'EUR',
  'eur',
  'XXX',
  'ANG',
  'ZZZ',
  'CARD',
  'CARD\n',
  'A'.repeat(31),
  'x'.repeat(100),
  'x'.repeat(101),
  'x'.repeat(200),
  'x'.repeat(201),
  'x'.repeat(1_000),
  'x'.repeat(1_001),
  '\u{1f6b2}'.repeat(200),
  '\u{1f6b2}'.repeat(201),
  '\u{1f6b2}'.repeat(1_000),
  '\u{1f6b2}'.repeat(1_001),
  '\u{1f6b2}'.repeat(2_001),
  '__proto__',
  'PROVIDER',
  'provider',
];
const INSTANTS = [
  '2026-01-02T03:04:05Z',
  '2026-01-02t03:04:05z',
  '2026-01-02 03:04:05Z',
  '2026-01-02T03:04:05.123456789Z',
  '2026-01-02T03:04:05.1234567890Z',
  '2026-01-02T03:04:05.Z',
  '2026-01-02T03:04:05+00:00',
  '2026-01-02T03:04:05-00:00',
  '2026-01-02T03:04:05+02:00',
  '2026-01-02T24:00:00Z',
  '2026-01-02T23:59:60Z',
  '2016-12-31T23:59:60Z',
  '2026-02-29T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2024-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2000-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '0099-12-31T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '10000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
];
const HOSTILE_NUMBERS = [
  0,
  -0,
  1,
  0.5,
  -1,
  999,
  1_000,
  1_001,
  99_900,
  99_901,
  1e9,
  1e9 + 1,
  -1e9,
  -1e9 - 1,
  2 ** 53,
  1e300,
];

const hostile: Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(...HOSTILE_TEXTS, ...INSTANTS, ...HOSTILE_NUMBERS, true, false, null),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.jsonValue({ maxDepth: 2 }).map((value) => value as Json),
  fc.constant([]),
  fc.constant({}),
);

/** As JSON has it, and with something in it changed, left out or put in, at any depth. */
const disturbed = (value: Json): Arbitrary<Json> => {
  const whole = [fc.constant(value), hostile];
  if (typeof value !== 'object' || value === null) return fc.oneof(...whole);
  const keys = [...Object.keys(value), 'payment_method', 'method_kind', 'unheard_of'];
  const items = value as JsonObject;
  const inside = fc
    .constantFrom(...keys)
    .chain((key) =>
      fc.oneof(
        { weight: 4, arbitrary: disturbed(items[key] ?? null).map((item) => changed(value, key, item)) },
        { weight: 1, arbitrary: fc.constant(changed(value, key, undefined)) },
      ),
    );
  const longer = fc
    .constantFrom(100, 101)
    .map((length) => (Array.isArray(value) && value.length > 0 ? Array(length).fill(value[0]) : value) as Json);
  return fc.oneof(
    { weight: 1, arbitrary: hostile },
    { weight: 8, arbitrary: inside },
    { weight: 1, arbitrary: longer },
  );
};

const changed = (value: Json, key: string, item: Json | undefined): Json => {
  if (Array.isArray(value)) {
    const index = Number(key);
    const items = value as readonly Json[];
    if (item === undefined) return items.toSpliced(index, 1);
    return Number.isInteger(index) ? items.with(index, item) : items;
  }
  const { [key]: _before, ...rest } = value as JsonObject;
  return item === undefined ? rest : { ...rest, [key]: item };
};

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an event's data may come as: an entry whose data is no object is refused before that. */
const anyDataOf = ({ type }: EventVersion): Arbitrary<JsonObject> =>
  anyEventOf(type)
    .map((event): Json => encodeData(event))
    .chain(disturbed)
    .chain(disturbed)
    .filter(isObject);

const named = EVENT_VERSIONS.map((event) => [event.name, event] as const);

describe('the schema of a codec', () => {
  const codecs: Readonly<Record<string, Codec<unknown>>> = {
    text: text(),
    'short text': text(200),
    word,
    instant,
    decimal,
    currency,
    integer: integer(-1_000_000_000, 1_000_000_000),
    literal: literal(true),
    oneOf: oneOf('PROVIDER', 'CUSTOMER'),
    list: list(integer(0, 1), 3),
    record: record({ currency }),
  };

  it.each(Object.entries(codecs))('takes what the codec takes, and nothing else: %s', (_name, codec) => {
    const validate = ajv.compile(codec.schema);
    const isTaken = (value: Json) => [value, isRead(() => codec.decode(value))];
    const values = [...HOSTILE_TEXTS, ...INSTANTS, ...HOSTILE_NUMBERS, true, false, null, [], {}, [0], [0, 0, 0, 0]];
    expect(values.map((value) => [value, validate(value)])).toEqual(values.map(isTaken));
    fc.assert(
      fc.property(hostile, (value) => {
        expect([value, validate(value)]).toEqual(isTaken(value));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the schema of an event’s data', () => {
  it.each(named)('takes what is read, and nothing else: %s', (_name, event) => {
    const validate = ajv.compile(event.data);
    const outcomes = { read: 0, refused: 0 };
    fc.assert(
      fc.property(anyDataOf(event), (data) => {
        const read = isRead(() => decodeEvent({ type: event.type, data }));
        outcomes[read ? 'read' : 'refused'] += 1;
        expect([data, validate(data)]).toEqual([data, read]);
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(outcomes.read).toBeGreaterThan(30);
    expect(outcomes.refused).toBeGreaterThan(30);
  });
});

/** A good entry of the event, as it is written. */
const goodEntry = ({ type, version }: EventVersion): Readonly<Record<string, string>> => {
  const found = [...first, ...second].find(
    ({ entry }) => entry.event_type === type && entry.schema_version === String(version),
  );
  if (found === undefined) throw new Error('not in the corpus');
  return found.entry;
};

const HOSTILE_FIELDS = [
  ...HOSTILE_TEXTS,
  ...INSTANTS,
  '7',
  '07',
  '999999999',
  '9999999999',
  'order_',
  'cart_1',
  'order_1',
];

/** Read in more ways than one is to write them. */
const LIBERTIES: readonly string[] = ['occurred_at', 'causation_id', 'traceparent', 'schema_version'];

const readEntry = ({ type }: EventVersion, entry: Readonly<Record<string, string>>) =>
  decodeEntry(CATALOGUE[type].stream, Object.entries(entry).flat());

describe('the schema of an entry', () => {
  it.each(named)('takes what panier writes: %s', (_name, event) => {
    const validate = ajv.compile(envelopeSchema(event.type, event.version));
    const { data: _data, ...envelope } = goodEntry(event);
    expect([validate(envelope), validate.errors]).toEqual([true, null]);
    expect(validate({ ...envelope, version: '', causation_id: '', traceparent: '' })).toBe(true);
  });

  it.each(named)('takes only what is read, and all that is to be written: %s', (_name, event) => {
    const validate = ajv.compile(envelopeSchema(event.type, event.version));
    const { data = '', ...envelope } = goodEntry(event);
    const compared = Object.keys(envelope).flatMap((field) => {
      const { [field]: _left, ...without } = envelope;
      const tried = [...HOSTILE_FIELDS.map((value) => ({ ...envelope, [field]: value })), without];
      return tried.map((entry) => {
        const read = isRead(() => readEntry(event, { ...entry, data }));
        return { field, entry, read, taken: validate(entry) };
      });
    });
    const exactly = compared.filter(({ field }) => !LIBERTIES.includes(field));
    expect(compared.filter(({ field, taken, read }) => taken && !read && field !== 'aggregate_id')).toEqual([]);
    expect(exactly.filter(({ taken, read }) => read && !taken)).toEqual([]);
  });
});

describe('the schemas of all events', () => {
  const document = eventSchemas();
  const all = new Ajv2020({ strict: true, allowUnionTypes: true });
  addFormats.default(all);
  all.addSchema(document, 'events');

  it.each(named)('have the entry with its data: %s', (name, event) => {
    const validate = all.compile({ $ref: `events#/$defs/${name}` });
    const { data = '', ...envelope } = goodEntry(event);
    expect(validate({ ...envelope, data: JSON.parse(data) as unknown })).toBe(true);
    expect(validate({ ...envelope, data: {} })).toBe(false);
    expect(validate(envelope)).toBe(false);
    expect(validate({ ...envelope, stream: 'elsewhere', data: JSON.parse(data) as unknown })).toBe(false);
  });
});
