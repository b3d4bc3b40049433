import manifest from '../../package.json' with { type: 'json' };
import { CATALOGUE, type EventType, STREAMS, type Stream } from './catalogue.ts';
import { described } from './described.ts';
import { envelopeSchema } from './envelope-schema.ts';
import { EVENT_VERSIONS, type EventVersion } from './event-schemas.ts';
import { exampleOf } from './examples.ts';
import { type Definitions, shared } from './json-schema.ts';
import { ENVELOPE_MEANINGS, EVENT_MEANINGS, FIELD_MEANINGS } from './meanings.ts';
import { speakerOf } from './testimony.ts';

const STREAM_NAMES = Object.keys(STREAMS) as readonly (keyof typeof STREAMS)[];

const ABOUT: Readonly<Record<keyof typeof STREAMS, string>> = {
  carts: 'What happens to carts, and whose they become.',
  orders: 'What happens to orders and to the stock that they hold.',
  payments: 'What becomes of the money, and of the stock when there is none.',
  inventory: 'What there is to sell.',
  operations: 'What operators decide about dead letters.',
};

/** Redis has no headers: they and the payload are the fields of one entry. */
const ENTRY =
  'An entry of the Redis Stream: each header is a field of it, and the payload, as JSON, is the field `data`. ' +
  'Readers pass over fields and types that they do not know, and expect an event more than once: `event_id` tells. ' +
  'Where PANIER_REDIS_PREFIX is set, the name of the stream begins with it. Where the streams have partitions, its events ' +
  'also stand under the same name with a number behind it, `:{0}` and so on; what is written goes to the name itself.';

const reference = (...path: readonly string[]) => ({ $ref: `#/${path.join('/')}` });

const versionsOn = (stream: Stream): readonly EventVersion[] =>
  EVENT_VERSIONS.filter(({ type }) => CATALOGUE[type].stream === stream);

const channelOf = (name: keyof typeof STREAMS) => ({
  address: STREAMS[name],
  description: `${ABOUT[name]}\n\n${ENTRY}`,
  messages: Object.fromEntries(
    versionsOn(STREAMS[name]).map((event) => [event.name, reference('components', 'messages', event.name)]),
  ),
  bindings: { redis: {} },
});

const isOthers = (type: EventType): boolean => speakerOf(type) === null;

const operation = (name: keyof typeof STREAMS, action: 'send' | 'receive') => {
  const events = versionsOn(STREAMS[name]).filter(
    ({ type, isNewest }) => isNewest && (action === 'send' || isOthers(type)),
  );
  return {
    action,
    channel: reference('channels', name),
    summary: action === 'send' ? 'What panier writes.' : 'What panier believes of other services as well.',
    messages: events.map((event) => reference('channels', name, 'messages', event.name)),
    bindings: { redis: {} },
  };
};

const operations = () => {
  const receiving = STREAM_NAMES.filter((name) => versionsOn(STREAMS[name]).some(({ type }) => isOthers(type)));
  return Object.fromEntries([
    ...STREAM_NAMES.map((name) => [`send_${name}`, operation(name, 'send')] as const),
    ...receiving.map((name) => [`receive_${name}`, operation(name, 'receive')] as const),
  ]);
};

const messageOf = (event: EventVersion) => ({
  name: event.type,
  title: `${event.type}, version ${event.version}`,
  summary: EVENT_MEANINGS[event.type],
  contentType: 'application/json',
  headers: reference('components', 'schemas', `${event.name}.headers`),
  payload: reference('components', 'schemas', event.name),
  examples: [exampleOf(event)],
});

const schemasOf = (event: EventVersion): Definitions => ({
  [`${event.name}.headers`]: described(envelopeSchema(event.type, event.version), ENVELOPE_MEANINGS),
  [event.name]: described(event.data, FIELD_MEANINGS),
});

/** What stands on the streams, as an AsyncAPI document. Source: asyncapi.com/docs/reference/specification/v3.1.0. */
export const asyncApi = () => {
  const own = Object.assign({}, ...EVENT_VERSIONS.map(schemasOf)) as Definitions;
  const { schemas, titled } = shared(own, '#/components/schemas/');
  return {
    asyncapi: '3.1.0',
    id: 'urn:panier:events',
    info: {
      title: 'panier',
      version: manifest.version,
      description: 'The events of panier’s carts, orders, payments and stock, on Redis Streams.',
      license: { name: 'MIT' },
      tags: [{ name: 'events' }],
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(STREAM_NAMES.map((name) => [name, channelOf(name)])),
    operations: operations(),
    components: {
      messages: Object.fromEntries(EVENT_VERSIONS.map((event) => [event.name, messageOf(event)])),
      schemas: { ...titled, ...schemas },
    },
  } as const;
};
