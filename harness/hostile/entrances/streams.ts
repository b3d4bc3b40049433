import { STREAMS } from '../../../src/events/index.ts';
import type { Random } from '../../support/random.ts';
import type { Attack } from './attack.ts';
import { bytes, unique, value } from './junk.ts';

type Fields = Record<string, string | Buffer>;

const wellFormed = (stream: string): Fields => ({
  event_id: `event_${unique()}`,
  event_type: 'PaymentFailed',
  stream,
  occurred_at: '2026-11-22T14:48:19.986Z',
  aggregate_type: 'Order',
  aggregate_id: `order_${unique()}`,
  version: '1',
  correlation_id: 'order_x',
  causation_id: '',
  producer: 'another-service',
  producer_instance: 'another-service-1',
  traceparent: '',
  schema_version: '1',
  data: '{"order_id":"order_x"}',
});

/** What makes an entry none that anybody may believe. */
const SPOILED: readonly (readonly [kind: string, spoil: (fields: Fields, random: Random) => Fields])[] = [
  ['no fields of ours', () => ({ hello: 'world' })],
  ['binary', (_, random) => ({ data: bytes(random, 200), event_id: bytes(random, 20) })],
  [
    'a type of nobody',
    (fields, random) => ({ ...fields, event_type: random.pick(['', 'Nothing', '__proto__', '\u0000']) }),
  ],
  ['data that is no JSON', (fields) => ({ ...fields, data: '{' })],
  ['data of the wrong type', (fields, random) => ({ ...fields, data: JSON.stringify(value(random)) ?? 'undefined' })],
  ['data nested deep', (fields) => ({ ...fields, data: '['.repeat(20_000) })],
  ['huge data', (fields) => ({ ...fields, data: JSON.stringify({ order_id: 'x'.repeat(500_000) }) })],
  ['a time that is none', (fields) => ({ ...fields, occurred_at: 'yesterday' })],
  [
    'a version that is none',
    (fields, random) => ({ ...fields, version: random.pick(['', '-1', '1e9', '9'.repeat(40)]) }),
  ],
  ['a later schema', (fields) => ({ ...fields, schema_version: '99' })],
  ['an id that is none', (fields) => ({ ...fields, event_id: '' })],
  ['bytes that are no text', (fields, random) => ({ ...fields, data: bytes(random, 60) })],
  ['no aggregate', ({ aggregate_id: _, ...fields }) => fields],
];

/** An entry that some other service adds to one of the streams. */
export const addEntry: Attack = async ({ redis }, random) => {
  const stream = random.pick(Object.values(STREAMS));
  const [kind, spoil] = random.pick(SPOILED);
  const fields = Object.entries(spoil(wellFormed(stream), random)).flat();
  await redis.xadd(stream, '*', ...fields).catch(() => undefined);
  return kind;
};
