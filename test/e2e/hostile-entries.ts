import { readFileSync } from 'node:fs';
import { type AggregateType, newId, STREAMS } from '../../src/events/index.ts';

/** A stream entry's fields, name and value in turn. */
export type Entry = readonly (string | Buffer)[];

/** JSON strings as they are written; what some of them stand for is no text. */
const TEXTS = ['\\ud800x', 'x\\udc00', '\\udc00\\ud800', 'a\\u0000b', '\\ud83d\\udeb2', '\\\\ud800', '\\u0007\\u202e'];
const MARK = '@@';

/** Where a string of the data, or of its lists, is replaced by {@link MARK}. */
const marked = (json: string): readonly string[] => {
  const values = [...json.matchAll(/(?<=:)("[^"]*"|null)/g)];
  return values.map(({ index, 0: value }) => `${json.slice(0, index)}"${MARK}"${json.slice(index + value.length)}`);
};

const additions = [
  `"extra":"${MARK}"`,
  `"${MARK}":1`,
  `"deep":{"a":[{"${MARK}":"${MARK}"}]}`,
  `"__proto__":{"order_id":"${MARK}"},"constructor":"${MARK}"`,
  `"order_id":"${MARK}","extra":1,"extra":"${MARK}"`,
];
const oddities = ['1e400', '-0', '1152921504606846977', '0.10000000000000000555', '[[{}]]', '"\\ufffe"'];
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

const added = (json: string, addition: string): string => json.replace(/\}$/, `,${addition}}`);

/** The data of an event as JSON, with hostile text in every string of it and in fields that nobody knows. */
const hostileData = (data: string): readonly string[] => [
  ...[...marked(data), ...additions.map((addition) => added(data, addition))].flatMap((json) =>
    TEXTS.map((text) => json.replaceAll(MARK, text)),
  ),
  ...[...oddities, nested(60), nested(5_000), nested(100_000)].map((value) => added(data, `"odd":${value}`)),
];

interface Fields {
  readonly event_type: string;
  readonly stream: string;
  readonly aggregate_type: AggregateType;
  readonly aggregate_id: string;
  readonly data: string;
}

/** An entry of every type, in every version. */
const CORPUS = [1, 2].flatMap((version) => {
  const text = readFileSync(`src/events/golden/version-${version}.json`, 'utf8');
  return (JSON.parse(text) as { readonly entry: Fields }[]).map(({ entry }) => entry);
});

const ofType = (type: string): Fields => {
  const found = CORPUS.find(({ event_type }) => event_type === type);
  if (found === undefined) throw new Error(`The corpus lacks ${type}`);
  return found;
};

type Sent = readonly [stream: string, entry: Entry];

/** As another service says it, of an aggregate of its own. */
const sent = (fields: Fields, aggregateId: string, data = fields.data): Sent => {
  const own = { event_id: newId('Event'), aggregate_id: aggregateId, correlation_id: aggregateId, version: '' };
  const producer = { producer: 'shop-service', producer_instance: 'shop-service-1' };
  const said = { ...fields, ...own, ...producer, data: data.replaceAll(fields.aggregate_id, aggregateId) };
  return [fields.stream, Object.entries(said).flat()];
};

/** A good beginning, so that what follows is folded. */
const BEGINNINGS: Readonly<Record<Fields['aggregate_type'], string | null>> = {
  Cart: 'CartCreated',
  Order: 'OrderCreated',
  Product: null,
  DeadLetter: null,
  Visit: null,
};

const hostile = (fields: Fields): readonly Sent[] =>
  hostileData(fields.data).flatMap((data) => {
    const aggregateId = newId(fields.aggregate_type);
    const beginning = BEGINNINGS[fields.aggregate_type];
    const said = sent(fields, aggregateId, data);
    if (beginning === null || beginning === fields.event_type) return [said];
    return [sent(ofType(beginning), aggregateId), said];
  });

/** Entries of another service, of every event type, with text that is none wherever text may stand. */
export const hostileEntries = (): readonly Sent[] => CORPUS.flatMap(hostile);

/** Entries whose fields are no text at all. */
export const binaryEntries = (): readonly Sent[] => {
  const bytes = [Buffer.from([0xff, 0x00, 0xed, 0xa0, 0x80]), Buffer.from('\0'), Buffer.alloc(300_000, 0xc3)];
  return bytes.flatMap((value) =>
    ['causation_id', 'traceparent', 'aggregate_id', 'event_type', 'data', 'x', value].map((name): Sent => {
      const [, entry] = sent(ofType('OrderCreated'), newId('Order'));
      return [STREAMS.orders, [...entry, name, value]];
    }),
  );
};
