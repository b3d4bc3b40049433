import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLObjectType } from 'graphql';
import { STREAMS } from '../../../src/events/index.ts';
import type { Span, SpanKind } from '../sink/index.ts';

/** Spans of one sort: what they may be called, as what, and what they may tell. */
export interface Sort {
  readonly names: RegExp;
  readonly kinds: readonly SpanKind[];
  readonly attributes: RegExp;
}

const SCHEMA = join(import.meta.dirname, '../../../schema.graphql');

const fieldsOf = (type: GraphQLObjectType | null | undefined): readonly string[] =>
  Object.keys(type?.getFields() ?? {});

const oneOf = (words: readonly string[]): string => `(?:${words.map((word) => word.replaceAll('.', '\\.')).join('|')})`;

const GROUPS = ['ecommerce-api', 'inventory-saga-consumer', 'event-audit-api'];
const DECISIONS = ['StockReserved', 'StockReservationFailed', 'StockCompensated'];
const streams = oneOf(Object.values(STREAMS));

const http = String.raw`http\.(request\.method|response\.status_code|route)|url\.(scheme|path)|server\.(address|port)|network\.protocol\.(name|version)`;
const messaging = String.raw`messaging\.(system|destination\.name|operation\.(type|name)|consumer\.group\.name|batch\.message_count|message\.id)`;
const db = String.raw`db\.(system\.name|operation\.(name|batch\.size)|collection\.name|namespace|query\.summary)`;
const panier = 'panier\\.(order\\.id|event\\.(id|type)|correlation_id|command|rejection|wait_ms|outcome)';
const graphql = String.raw`graphql\.operation\.(name|type)`;

const attributes = (...of: readonly string[]): RegExp => new RegExp(`^(?:error\\.type|${[panier, ...of].join('|')})$`);

const sort = (names: string, kinds: SpanKind | readonly SpanKind[], allowed: RegExp = attributes()): Sort => ({
  names: new RegExp(`^(?:${names})$`),
  kinds: typeof kinds === 'string' ? [kinds] : kinds,
  attributes: allowed,
});

const operationsOf = (): readonly Sort[] => {
  const schema = buildSchema(readFileSync(SCHEMA, 'utf8'));
  const mutations = oneOf(fieldsOf(schema.getMutationType()));
  const operations = [
    `query(?: ${oneOf(fieldsOf(schema.getQueryType()))})?`,
    `mutation(?: ${mutations})?`,
    `subscription(?: ${oneOf(fieldsOf(schema.getSubscriptionType()))})?`,
  ];
  return [
    sort(oneOf(operations), ['INTERNAL', 'SERVER'], attributes(graphql)),
    sort(`command ${mutations}`, 'INTERNAL'),
    sort(`push ${oneOf(fieldsOf(schema.getSubscriptionType()))}`, 'PRODUCER', attributes(messaging)),
  ];
};

/** Every sort of span that there is. Source: docs/tracing.md. */
const SORTS: readonly Sort[] = [
  sort(String.raw`[A-Z]+ /(?:graphql|subgraph|webhooks/\w+|stock[\w/{}:-]*)`, 'SERVER', attributes(http)),
  ...operationsOf(),
  sort('commit', 'INTERNAL', attributes(db)),
  sort('append|store', 'CLIENT', attributes(db)),
  sort(`publish ${streams}`, 'PRODUCER', attributes(messaging)),
  sort(`deliver ${oneOf(GROUPS)}`, 'CONSUMER', attributes(messaging)),
  sort(`process ${streams}`, 'CONSUMER', attributes(messaging)),
  sort(`decide ${oneOf(DECISIONS)}`, 'INTERNAL'),
  sort('project', 'INTERNAL'),
  sort('announce', 'PRODUCER', attributes(messaging)),
  sort('task (?:charge|refund|expire|notice)', 'INTERNAL'),
  sort('provider (?:charge|status|cancel|refund|kindOf)', 'CLIENT', attributes(http)),
  sort(String.raw`inventory \w+`, 'CLIENT', attributes(http)),
];

const sorts = new Map<string, Sort | null>();

/** The sort that a span is of by its name; null when it is of none. */
export const sortOf = ({ name }: Pick<Span, 'name'>): Sort | null => {
  const known = sorts.get(name);
  if (known !== undefined) return known;
  const found = SORTS.find(({ names }) => names.test(name)) ?? null;
  sorts.set(name, found);
  return found;
};
