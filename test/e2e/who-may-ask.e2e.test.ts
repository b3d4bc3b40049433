import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectedOutcome, ROOT_FIELDS, scopeOf } from '../../harness/access/expected.ts';
import type { Operation } from '../../harness/access/operation.ts';
import { OPERATIONS } from '../../harness/access/operations.ts';
import { type Answer, LANE, valueIn } from '../../harness/access/stage/lanes.ts';
import { type Ask, makeThings, type Shared, unknownThings } from '../../harness/access/stage/make-things.ts';
import { outcomeOf } from '../../harness/access/stage/outcome.ts';
import { tokenFor, type Visitors } from '../../harness/access/stage/tokens.ts';
import { type LaneName, lanesOf, nameOf, ownersFor } from '../../harness/access/table.ts';
import type { Things } from '../../harness/access/things.ts';
import { type OwnerName, VIEWERS, type ViewerName } from '../../harness/access/viewers.ts';
import { eventually } from '../../harness/support/eventually.ts';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { encodeConsistencyToken, STREAMS } from '../../src/events/index.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { shelve } from './shop.ts';

let panier: TestPanier;
let visitors: Visitors;
const things = new Map<OwnerName, Things>();

const askAs =
  (token: string | null, lane: LaneName = 'HTTP'): Ask =>
  (document, variables) =>
    LANE[lane]({ url: panier.url, token, document, variables });

const startVisit = async (): Promise<string> => {
  const answer = await askAs(null)('mutation { startVisit { ... on Visit { token } } }', {});
  return (valueIn(answer, 'startVisit') as { readonly token: string }).token;
};

type Edges = { readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[] };

/** An entry that no group can read becomes a dead letter of each. */
const newDeadLetter = async (): Promise<string> => {
  await panier.redis.xadd(STREAMS.orders, '*', 'event_id', 'event_unreadable', 'data', '{');
  return eventually(async () => {
    const answer = await askAs(OPERATOR_TOKEN)('{ deadLetters(first: 1) { edges { cursor node { id } } } }', {});
    const [letter] = (valueIn(answer, 'deadLetters') as Edges).edges;
    if (letter === undefined) throw new Error('There is no dead letter yet.');
    return letter.node.id;
  });
};

const newWebhookEndpoint = async (): Promise<string> => {
  const input = { url: 'https://hooks.example/', eventTypes: ['DeadLetterDiscarded'] };
  const document =
    'mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { ... on WebhookEndpointSecret { endpoint { id } } } }';
  const made = valueIn(await askAs(OPERATOR_TOKEN)(document, { input }), 'createWebhookEndpoint');
  return (made as { readonly endpoint: { readonly id: string } }).endpoint.id;
};

/** One that is over: it was cancelled. */
const endedRun = async (): Promise<string> => {
  const start = 'mutation { startReplay(input: { dryRun: true }) { ... on UpkeepRun { id } } }';
  const { id } = valueIn(await askAs(OPERATOR_TOKEN)(start, {}), 'startReplay') as { readonly id: string };
  const end = 'mutation ($id: ID!) { cancelUpkeep(input: { id: $id }) { ... on UserError { message } } }';
  await askAs(OPERATOR_TOKEN)(end, { id });
  return id;
};

const makeShared = async (): Promise<Shared> => {
  const productId = await shelve(panier.client(), 10_000);
  const deadLetterId = await newDeadLetter();
  const answer = await askAs(OPERATOR_TOKEN)('{ events(first: 1) { edges { cursor } } }', {});
  const firstEvent = (valueIn(answer, 'events') as Edges).edges[0]?.cursor ?? '';
  return { productId, deadLetterId, newWebhookEndpoint, firstEvent, upkeepRunId: await endedRun() };
};

beforeAll(async () => {
  panier = await startPanier();
  visitors = { visitor: await startVisit(), anotherVisitor: await startVisit() };
  const shared = await makeShared();
  const makers: readonly (readonly [OwnerName, string | null])[] = [
    ['the customer', await tokenFor('the customer', null, visitors)],
    ['the visitor', visitors.visitor],
    ['nobody', OPERATOR_TOKEN],
  ];
  for (const [owner, token] of makers)
    things.set(owner, await makeThings(askAs(token), askAs(token, 'WebSocket'), shared));
});
afterAll(() => panier[Symbol.asyncDispose]());

const ownedBy = (owner: OwnerName): Things => {
  const found = things.get(owner);
  if (found === undefined) throw new Error(`Nothing was made of ${owner}.`);
  return found;
};

interface Trial {
  readonly operation: Operation;
  readonly viewer: ViewerName;
  readonly lane: LaneName;
  readonly about: Things;
}

const answerTo = async ({ operation, viewer, lane, about }: Trial): Promise<Answer> => {
  const token = await tokenFor(viewer, scopeOf(operation), visitors);
  return askAs(token, lane)(operation.document, await operation.variables(about));
};

const tokenOfLater = (aggregateId: string): string =>
  encodeConsistencyToken({ aggregateId, measure: 'Version', reached: 1_000 });

const rows = OPERATIONS.flatMap((operation) =>
  ownersFor(operation).map((owner) => [`${nameOf(operation)} of ${owner}`, operation, owner] as const),
);

describe('the table', () => {
  it('has every field of the root types', () => {
    expect(new Set(OPERATIONS.map(({ field }) => field))).toEqual(new Set(ROOT_FIELDS));
  });

  it.each(rows)('is what every viewer is answered in every lane: %s', async (_name, operation, owner) => {
    const [expected, found]: Record<string, string>[] = [{}, {}];
    for (const viewer of VIEWERS) {
      for (const lane of lanesOf(operation)) {
        const about = ownedBy(owner);
        const answer = await answerTo({ operation, viewer, lane, about });
        Object.assign(found ?? {}, { [`${viewer}, ${lane}`]: outcomeOf(operation, about, answer) });
        Object.assign(expected ?? {}, { [`${viewer}, ${lane}`]: expectedOutcome(operation, viewer, owner) });
      }
    }
    expect(found).toEqual(expected);
  });
});

/** An answer in words, whatever it is about. */
const wordsOf = (answer: Answer, { cartId, orderId, cartToOrder, orderToPay, orderToCancel }: Things): string => {
  const ids = [cartId, cartToOrder, orderId, orderToPay, orderToCancel];
  return ids.reduce((words, id) => words.replaceAll(id, 'ID'), JSON.stringify(answer));
};

const ofOwned = OPERATIONS.filter(
  ({ about, how, notReached }) => about === 'what is owned' && how !== 'after' && notReached !== 'not listed',
);

describe('what is not the viewer’s', () => {
  it.each(ofOwned.map((operation) => [nameOf(operation), operation] as const))(
    'is told from nothing by no word: %s',
    async (_name, operation) => {
      const others = ownedBy('the customer');
      const none = unknownThings(others);
      for (const viewer of ['another customer', 'the visitor'] as const) {
        for (const lane of lanesOf(operation)) {
          const [foreign, unknown] = [
            await answerTo({ operation, viewer, lane, about: others }),
            await answerTo({ operation, viewer, lane, about: none }),
          ];
          expect(wordsOf(foreign, others)).toBe(wordsOf(unknown, none));
        }
      }
    },
  );

  it('is not waited for, however new it is asked to be', async () => {
    const { cartId, orderId } = ownedBy('the customer');
    const asBob = askAs(await tokenFor('another customer', null, visitors));
    const document = `query ($cart: ID!, $order: ID!, $cartToken: String, $orderToken: String) {
      cart(id: $cart, consistentWith: $cartToken) { id } order(id: $order, consistentWith: $orderToken) { id }
    }`;
    const startedAt = performance.now();
    const variables = {
      cart: cartId,
      order: orderId,
      cartToken: tokenOfLater(cartId),
      orderToken: tokenOfLater(orderId),
    };
    expect(await asBob(document, variables)).toEqual({ data: { cart: null, order: null } });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    const asAda = askAs(await tokenFor('the customer', null, visitors));
    expect((await asAda(document, variables)).errors?.map(({ extensions }) => extensions?.['code'])).toEqual([
      'READ_TIMEOUT',
      'READ_TIMEOUT',
    ]);
  });
});

describe('an idempotency key', () => {
  it('is everybody’s own: the same key makes each another cart', async () => {
    const ids = new Set<unknown>();
    for (const viewer of VIEWERS.slice(1)) {
      const token = await tokenFor(viewer, viewer.endsWith('without') ? null : 'orders:write', visitors);
      const make = () =>
        askAs(token)('mutation { createCart(input: { idempotencyKey: "k" }) { ... on Cart { id } } }', {});
      const [first, again] = [await make(), await make()];
      expect(again).toEqual(first);
      ids.add((valueIn(first, 'createCart') as { readonly id: string }).id);
    }
    expect(ids.size).toBe(VIEWERS.length - 1);
  });
});
