import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../events/index.ts';
import type { Write } from '../index.ts';
import { newProduct, OPERATOR, ownTypesOf, valueOf, type WriteAtWork, writeAtWork } from '../write.fixture.ts';

let atWork: WriteAtWork;
let productIds: readonly string[];
beforeAll(async () => {
  atWork = await writeAtWork();
  productIds = await Promise.all(Array.from({ length: 4 }, () => newProduct(atWork)));
});
afterAll(() => atWork[Symbol.asyncDispose]());

/** What may be done at once, by either of two processes. */
type Step =
  | { readonly does: 'claim'; readonly visit: number }
  | { readonly does: 'check out'; readonly cart: number }
  | { readonly does: 'add'; readonly cart: number; readonly product: number; readonly quantity: number };

const VISITS = 2;
/** One of the customer's, then two of each visit. */
const CARTS = 1 + 2 * VISITS;

const index = (count: number) => fc.nat({ max: count - 1 });
const added = fc.record({
  does: fc.constant('add' as const),
  cart: index(CARTS),
  product: index(4),
  quantity: fc.integer({ min: 1, max: 120 }),
});
const steps = fc.array(
  fc.tuple(
    fc.boolean(),
    fc.oneof(
      { weight: 4, arbitrary: added },
      { weight: 3, arbitrary: fc.record({ does: fc.constant('claim' as const), visit: index(VISITS) }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('check out' as const), cart: index(CARTS) }) },
    ),
  ),
  { minLength: 6, maxLength: 24 },
);

interface Play {
  readonly customerId: string;
  readonly visits: readonly string[];
  readonly carts: readonly string[];
}

const newPlay = async (): Promise<Play> => {
  const customerId = newId('Event').replace('event', 'ann');
  const visits = Array.from({ length: VISITS }, () => newId('Visit'));
  const owners = [[customerId, null] as const, ...[...visits, ...visits].map((visit) => [null, visit] as const)];
  const carts: string[] = [];
  for (const [owner, sessionId] of owners) {
    const created = await atWork.write.createCart({ customerId: owner, sessionId, currency: 'EUR' }, OPERATOR);
    carts.push(valueOf(created).id);
  }
  return { customerId, visits, carts };
};

/** How many of each product a step put into a cart, when it was not refused. */
const take = async ({ customerId, visits, carts }: Play, write: Write, step: Step): Promise<readonly number[]> => {
  const none = productIds.map(() => 0);
  if (step.does === 'claim') {
    valueOf(await write.claimCarts({ visitorId: visits[step.visit] ?? '', customerId }, OPERATOR));
    return none;
  }
  const cartId = carts[step.cart] ?? '';
  if (step.does === 'check out') {
    await write.checkOut({ cartId, paymentMethod: null }, OPERATOR);
    return none;
  }
  const { product, quantity } = step;
  const result = await write.addCartItem({ cartId, productId: productIds[product] ?? '', quantity }, OPERATOR);
  return none.map((_, nth) => (result.ok && nth === product ? quantity : 0));
};

const sum = (each: readonly (readonly number[])[]): readonly number[] =>
  productIds.map((_, nth) => each.reduce((total, counts) => total + (counts[nth] ?? 0), 0));

const held = async ({ carts }: Play): Promise<readonly number[]> => {
  const found = await Promise.all(carts.map((id) => atWork.other.cart(id, 'Everything')));
  const items = found.flatMap((cart) => cart?.items ?? []);
  return productIds.map((id) => items.reduce((all, item) => all + (item.productId === id ? item.quantity : 0), 0));
};

describe('claims, additions and checkouts at once, in two processes', () => {
  it('lose nothing and double nothing: what was put in is in one cart', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const play = await newPlay();
        const counts = await Promise.all(
          taken.map(([elsewhere, step]) => take(play, elsewhere ? atWork.other : atWork.write, step)),
        );
        expect(await held(play)).toEqual(sum(counts));
        const types = (await Promise.all(play.carts.map((id) => ownTypesOf(atWork, id)))).flat();
        const count = (wanted: string) => types.filter((type) => type === wanted).length;
        expect(count('CartMerged')).toBe(count('CartLinesMerged'));
      }),
      { numRuns: 40 },
    );
  });

  it('leave one open cart, when nothing else is done', async () => {
    const play = await newPlay();
    for (const cartId of play.carts) {
      valueOf(await atWork.write.addCartItem({ cartId, productId: productIds[0] ?? '', quantity: 7 }, OPERATOR));
    }
    const claims = Array.from({ length: 20 }, (_, nth) =>
      take(play, nth % 3 === 0 ? atWork.other : atWork.write, { does: 'claim', visit: nth % VISITS }),
    );
    await Promise.all(claims);
    const open = (await Promise.all(play.carts.map((id) => atWork.other.cart(id, 'Everything')))).filter(
      (cart) => cart?.mergedInto === null,
    );
    expect(open).toMatchObject([{ items: [{ quantity: 7 * CARTS }] }]);
    for (const visit of play.visits) expect(await ownTypesOf(atWork, visit)).toEqual(['VisitClaimed']);
  });
});
