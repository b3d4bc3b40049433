/** What the stage holds for them to ask for. */
export interface Seeded {
  /** Has as many lines as an order may. */
  readonly largeOrderId: string;
  /** Another service said thousands of things of it. */
  readonly longOrderId: string;
}

export interface Candidate {
  readonly name: string;
  /** The `nth` of its kind: each text is another, so that nothing of it is known before. */
  readonly request: (nth: number) => { readonly query: string; readonly variables?: object };
}

const many = (count: number, part: (nth: number) => string): string =>
  Array.from({ length: count }, (_, nth) => part(nth)).join(' ');

const LINE = 'productId quantity unitPrice { amount currency } lineTotal { amount currency } product { id name }';
const EVENT =
  'eventId type stream occurredAt aggregateType aggregateId version correlationId causationId producerInstance data';

const said =
  (query: string): Candidate['request'] =>
  (nth) => ({ query: `${query} # ${nth}` });

/** Large answers. */
const answers = ({ largeOrderId, longOrderId }: Seeded): readonly Candidate[] => [
  { name: 'nothing to speak of', request: said('{ __typename }') },
  {
    name: '22 pages of 100 events, all fields',
    request: said(`{ ${many(22, (nth) => `e${nth}: events(last: 100) { edges { node { ${EVENT} } } }`)} }`),
  },
  {
    name: 'a page of 100 orders of 100 lines each, all fields',
    request: said(`{ orders(first: 100) { edges { node { lines { ${LINE} } } } } }`),
  },
  {
    name: 'the same, twice',
    request: said(
      `{ orders(first: 100) { edges { node { a: lines { ...L } b: lines { ...L } } } } } fragment L on OrderLine { ${LINE} }`,
    ),
  },
  {
    name: '30 times an order of 100 lines, three times its lines',
    request: said(
      `{ ${many(30, (nth) => `o${nth}: order(id: "${largeOrderId}") { a: lines { ...L } b: lines { ...L } lines { ...L } }`)} } fragment L on OrderLine { ${LINE} }`,
    ),
  },
  {
    name: 'an order of 10,000 steps, all fields',
    request: said(`{ order(id: "${longOrderId}") { steps { revision status event { ${EVENT} } } } }`),
  },
  {
    name: '30 times an order of 10,000 steps, all fields',
    request: said(
      `{ ${many(30, (nth) => `o${nth}: order(id: "${longOrderId}") { ...S }`)} } fragment S on Order { steps { revision status event { ${EVENT} } } }`,
    ),
  },
];

/** Documents that take long to read and to check. */
const documents = (): readonly Candidate[] => [
  {
    name: 'introspection, twice',
    request: said(
      `{ ${many(2, (nth) => `s${nth}: __schema { types { kind name description fields { name description args { name description type { kind name ofType { kind name ofType { name } } } defaultValue } type { kind name ofType { kind name ofType { kind name } } } } inputFields { name type { name } } enumValues { name description } } }`)} }`,
    ),
  },
  { name: 'one field 2,980 times', request: said(`{ product(id: "x") { ${many(2_980, () => 'id')} } }`) },
  {
    name: 'one field with a selection of its own, 740 times',
    request: said(
      `{ product(id: "x") { ${many(740, (nth) => `price { ${nth % 2 === 0 ? 'amount' : 'currency'} }`)} } }`,
    ),
  },
  {
    name: '320 fragments, each spread once',
    request: said(
      `{ product(id: "x") { ${many(320, (nth) => `...F${nth}`)} } } ${many(320, (nth) => `fragment F${nth} on Product { id }`)}`,
    ),
  },
  {
    name: '40 directives, 100 aliases',
    request: said(
      `{ product(id: "x") { ${many(100, (nth) => `a${nth}: id${nth < 40 ? ' @include(if: true)' : ''}`)} } }`,
    ),
  },
];

/** What goes wrong in many places at once. */
const errors = ({ largeOrderId }: Seeded): readonly Candidate[] => [
  {
    name: '30 errors of 30 fields',
    request: said(`{ ${many(30, (nth) => `o${nth}: order(id: "${largeOrderId}", consistentWith: "x") { id }`)} }`),
  },
  {
    name: 'variables of 9,000 values that do not fit',
    request: (nth) => ({
      query: `query ($s: [OrderStatus!]) { orders(status: $s) { edges { cursor } } } # ${nth}`,
      variables: { s: Array.from({ length: 9_000 }, () => 1) },
    }),
  },
];

/** Each as much as the limits let through, in the one respect that its name says. */
export const candidatesFor = (seeded: Seeded): readonly Candidate[] => [
  ...answers(seeded),
  ...documents(),
  ...errors(seeded),
];
