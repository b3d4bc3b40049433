import {
  CATALOGUE,
  type Definitions,
  ENVELOPE_MEANINGS,
  EVENT_MEANINGS,
  EVENT_VERSIONS,
  type EventVersion,
  eventSchemas,
  FIELD_MEANINGS,
  type JsonSchema,
  STREAMS,
  speakerOf,
} from '../../src/events/index.ts';
import { shownType } from './shown.ts';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n');

const requiredIn = ({ required = [] }: JsonSchema, name: string): string => (required.includes(name) ? 'yes' : '');

const rowsOf = (schema: JsonSchema, meanings: Readonly<Record<string, string>>, within = ''): readonly string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    row(`\`${within}${name}\``, requiredIn(schema, name), shownType(field), meanings[name] ?? ''),
    ...(field.items === undefined ? [] : rowsOf(field.items, meanings, `${within}${name}[].`)),
  ]);

const HEAD = ['field', 'required', 'type and bounds', 'what it is'] as const;

const former = ({ type, data }: EventVersion): string => {
  const earlier = EVENT_VERSIONS.filter((other) => other.type === type && !other.isNewest);
  return earlier
    .map((event) => {
      const gone = Object.keys(event.data.properties ?? {}).filter((name) => data.properties?.[name] === undefined);
      return `\n\nVersion ${event.version}, which is still read, also has ${gone.map((name) => `\`${name}\``).join(', ')}.`;
    })
    .join('');
};

const WRITERS = 'any service: whoever says so is believed';

const section = (event: EventVersion): string => {
  const { type, version, data } = event;
  const { aggregateType } = CATALOGUE[type];
  const speaker = speakerOf(type);
  const writer = speaker === null ? WRITERS : `\`${speaker}\``;
  return [
    `### ${type}`,
    EVENT_MEANINGS[type],
    `Aggregate: \`${aggregateType}\`. Version: ${version}. Written by ${writer}.${former(event)}`,
    table(HEAD, rowsOf(data, FIELD_MEANINGS)),
  ].join('\n\n');
};

const ofStream = (stream: string): string =>
  [
    `## ${stream}`,
    ...EVENT_VERSIONS.filter(({ type, isNewest }) => isNewest && CATALOGUE[type].stream === stream).map(section),
  ].join('\n\n');

const envelope = (): string => {
  const { $defs } = eventSchemas();
  const [first] = EVENT_VERSIONS;
  const entry = $defs[first?.name ?? ''] ?? {};
  const { data: _data, ...properties } = entry.properties ?? {};
  return table(HEAD, rowsOf({ ...entry, properties: described(properties, $defs) }, ENVELOPE_MEANINGS));
};

const OWN: Readonly<Record<string, JsonSchema>> = {
  event_type: { type: 'string' },
  stream: { type: 'string' },
  aggregate_type: { type: 'string' },
  aggregate_id: { title: 'Identifier' },
  schema_version: { type: 'string' },
};

/** Of one event, without what is its own alone. */
const described = (properties: Definitions, $defs: Definitions): Definitions =>
  Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [
      name,
      OWN[name] ?? $defs[field.$ref?.slice('#/$defs/'.length) ?? ''] ?? field,
    ]),
  );

const INTRODUCTION = `# The events

For whoever reads or writes the streams. The page is made out of the catalogue (\`npm run events\`), and so are
[asyncapi.json](../asyncapi.json), which a running panier serves at \`/asyncapi.json\` (AsyncAPI 3, with the JSON Schema of
each type and version), and [events.lock.json](../events.lock.json): the events of the last release in JSON Schema 2020-12,
which \`npm run check\` holds the catalogue to ([ADR-053](adr/053-the-catalogue-of-events.md)).

- An event is an entry of a Redis Stream. Its fields are texts; \`data\` is JSON.
- **Delivered at least once**, in order per aggregate and service. \`event_id\` tells duplicates.
- **Pass over what you do not know**: fields that may be missing, types and versions are added. What is there is neither taken
  away nor given other bounds.
- A field that is not required may be missing, or null, which is the same.
- What schemas cannot say: \`data\` has at most 262,144 characters; the id of what an event is of stands in \`data\` as well, and
  is the same there; an id of panier says by its prefix what it names (\`cart_\`, \`order_\`, \`prod_\`), and may not stand where
  another kind is meant.
- Entries of others are read that take more liberties: an instant in any time zone, NUL and halves of surrogate pairs in texts,
  which become U+FFFD.

How to write some yourself is in [api](api.md#other-services-on-the-streams), and who is believed in
[architecture](architecture.md#an-order).`;

const PARTITIONS = `## Partitions

Where a stream has partitions ([operations](operations.md#partitions)), its events stand under more keys:
\`ecommerce.orders.events:{0}\`, \`:{1}\` and so on; all events of an aggregate are in one, until the number changes.
**To read**, read the stream itself and all partitions that there ever were: \`GET panier:routing:write\` answers with two numbers,
such as \`4 8\`: new events go to four, there were eight at most, so \`{0}\` to \`{7}\` are to be read. No answer: there never were
any, or no relay runs; go by what you know. Ask again every few seconds, and make your group on a new key from its beginning
(\`XGROUP CREATE … 0 MKSTREAM\`). The field \`stream\` is the stream's own name everywhere. **To write**, take the
stream itself, however many partitions there are: it is always read.`;

/** The page of reference: every event, by stream. */
export const eventsPage = (): string =>
  `${[INTRODUCTION, PARTITIONS, '## Fields of every entry', envelope(), ...Object.values(STREAMS).map(ofStream)].join('\n\n')}\n`;
