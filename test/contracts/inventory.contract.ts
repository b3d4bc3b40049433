import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asked, type Caller, callerOf, pathOf } from './inventory-caller.ts';

/** An inventory that answers over HTTP, and who may ask it. */
export interface InventoryAtWork extends AsyncDisposable {
  readonly url: string;
  /** May read and change. */
  readonly token: string;
  /** Is somebody's who may not change anything. */
  readonly weakToken: string;
  /** Puts a product onto the shelf, with so many available. */
  readonly stock: (productId: string, available: number) => Promise<void>;
}

const PROBLEM = {
  type: expect.any(String) as string,
  title: expect.stringMatching(/./) as string,
  detail: expect.stringMatching(/./) as string,
};

const DIRECTIONS = ['reduce', 'increase'] as const;

const BAD_BODIES = [
  '',
  'quantity=1',
  '{"quantity":',
  'null',
  '[1]',
  '{}',
  '{"quantity":0}',
  '{"quantity":-1}',
  '{"quantity":1.5}',
  '{"quantity":"1"}',
  '{"quantity":null}',
  '{"quantity":1e99}',
  '{"quantity":1000000001}',
];

const expectProblem = (answer: Asked, status: number): void => {
  expect([answer.status, answer.text]).toEqual([status, answer.text]);
  expect(answer.contentType).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ ...PROBLEM, status });
};

export const describeInventory = (name: string, openAtWork: () => Promise<InventoryAtWork>): void => {
  describe(`the inventory ${name}`, () => {
    let atWork: InventoryAtWork;
    let keys = 0;
    let products = 0;
    beforeAll(async () => {
      atWork = await openAtWork();
    });
    afterAll(() => atWork[Symbol.asyncDispose]());

    const caller = (): Caller => callerOf(atWork);
    const put: Caller['put'] = (...request) => caller().put(...request);
    const change: Caller['change'] = (...asked) => caller().change(...asked);
    const availableOf = async (productId: string): Promise<unknown> =>
      (await caller().read(productId)).body['available'];
    const stocked = async (available: number): Promise<string> => {
      products += 1;
      const productId = `prod_contract_${products}`;
      await atWork.stock(productId, available);
      return productId;
    };
    const freshKey = (): string => {
      keys += 1;
      return `order_contract:${keys}:reduce`;
    };

    it('tells what is available, before and after each change', async () => {
      const productId = await stocked(7);
      const first = await caller().read(productId);
      expect(first.status).toBe(200);
      expect(first.contentType).toMatch(/^application\/json/);
      expect(first.body).toMatchObject({ productId, available: 7 });
      expect((await change(productId, { direction: 'reduce', quantity: 3, key: freshKey() })).body).toMatchObject({
        productId,
        available: 4,
      });
      expect((await change(productId, { direction: 'increase', quantity: 2, key: freshKey() })).body).toMatchObject({
        productId,
        available: 6,
      });
      expect(await availableOf(productId)).toBe(6);
    });

    it('reads a product id that is percent-encoded', async () => {
      const productId = await stocked(1);
      expect((await caller().ask(`/stock/products/${productId.replaceAll('_', '%5F')}`)).body).toMatchObject({
        productId,
      });
    });

    it('gives all that there is, and refuses more, with what there is', async () => {
      const productId = await stocked(2);
      const short = await change(productId, { direction: 'reduce', quantity: 3, key: freshKey() });
      expectProblem(short, 409);
      expect(short.body['available']).toBe(2);
      expect((await change(productId, { direction: 'reduce', quantity: 2, key: freshKey() })).body).toMatchObject({
        available: 0,
      });
      expectProblem(await change(productId, { direction: 'reduce', quantity: 1, key: freshKey() }), 409);
    });

    it('never gives the same thing twice, however many ask at once', async () => {
      const productId = await stocked(5);
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => change(productId, { direction: 'reduce', quantity: 1, key: freshKey() })),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
      expect(await availableOf(productId)).toBe(0);
    });

    it('knows no product that it was never told of', async () => {
      const unknown = await caller().read('prod_of_nobody');
      expect(unknown.status).toBe(404);
      expectProblem(unknown, 404);
      for (const direction of DIRECTIONS)
        expectProblem(await change('prod_of_nobody', { direction, quantity: 1, key: freshKey() }), 404);
    });

    it('changes the stock once for a key, and answers each time as at first', async () => {
      const productId = await stocked(9);
      const key = freshKey();
      const first = await change(productId, { direction: 'reduce', quantity: 2, key: key });
      await change(productId, { direction: 'reduce', quantity: 1, key: freshKey() });
      const again = await Promise.all(
        [1, 2, 3].map(() => change(productId, { direction: 'reduce', quantity: 2, key: key })),
      );
      for (const { status, text } of again) expect({ status, text }).toEqual({ status: 200, text: first.text });
      expect(await availableOf(productId)).toBe(6);
    });

    it('changes the stock once for a key that many bring at the same time', async () => {
      const productId = await stocked(9);
      const key = freshKey();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => change(productId, { direction: 'reduce', quantity: 2, key: key })),
      );
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(await availableOf(productId)).toBe(7);
    });

    it('stays with a refusal under its key, even when more has come in', async () => {
      const productId = await stocked(1);
      const key = freshKey();
      const first = await change(productId, { direction: 'reduce', quantity: 2, key: key });
      expectProblem(first, 409);
      await change(productId, { direction: 'increase', quantity: 5, key: freshKey() });
      const again = await change(productId, { direction: 'reduce', quantity: 2, key: key });
      expect([again.status, again.body['available']]).toEqual([409, first.body['available']]);
      expect(await availableOf(productId)).toBe(6);
    });

    it('refuses another request under a key that is taken', async () => {
      const [productId, other] = [await stocked(9), await stocked(9)];
      const key = freshKey();
      await change(productId, { direction: 'reduce', quantity: 2, key: key });
      expectProblem(await change(productId, { direction: 'reduce', quantity: 3, key: key }), 422);
      expectProblem(await change(productId, { direction: 'increase', quantity: 2, key: key }), 422);
      expectProblem(await change(other, { direction: 'reduce', quantity: 2, key: key }), 422);
      expect([await availableOf(productId), await availableOf(other)]).toEqual([7, 9]);
    });

    it('changes the stock each time without a key', async () => {
      const productId = await stocked(9);
      await change(productId, { direction: 'reduce', quantity: 2 });
      await change(productId, { direction: 'reduce', quantity: 2 });
      expect(await availableOf(productId)).toBe(5);
    });

    it('answers nobody without a token of its', async () => {
      const productId = await stocked(1);
      for (const authorization of ['', 'Bearer of.bad.news', 'Basic dXNlcjpwYXNz']) {
        expectProblem(await put(pathOf(productId, 'reduce'), '{"quantity":1}', { authorization }), 401);
      }
      expect(await availableOf(productId)).toBe(1);
    });

    it('lets nobody change the stock who may not', async () => {
      const productId = await stocked(1);
      const authorization = `Bearer ${atWork.weakToken}`;
      for (const direction of DIRECTIONS)
        expectProblem(await put(pathOf(productId, direction), '{"quantity":1}', { authorization }), 403);
      expect(await availableOf(productId)).toBe(1);
    });

    it.each(BAD_BODIES)('refuses the body %j, and changes nothing', async (body) => {
      const productId = await stocked(3);
      const key = freshKey();
      for (const direction of DIRECTIONS)
        expectProblem(await put(pathOf(productId, direction), body, { 'idempotency-key': key }), 400);
      expect(await availableOf(productId)).toBe(3);
      // What was malformed has used up no key.
      expect((await change(productId, { direction: 'reduce', quantity: 1, key: key })).status).toBe(200);
    });

    it('refuses a body that is too large, or of another kind', async () => {
      const productId = await stocked(3);
      const large = JSON.stringify({ quantity: 1, why: 'x'.repeat(100_000) });
      expectProblem(await put(pathOf(productId, 'reduce'), large), 413);
      expectProblem(await put(pathOf(productId, 'reduce'), '{"quantity":1}', { 'content-type': 'text/plain' }), 415);
      expect(await availableOf(productId)).toBe(3);
    });

    it('refuses what it has no operation for', async () => {
      const stolen = await caller().ask('/stock/products/prod_1/stock/steal', { method: 'PUT' });
      const posted = await caller().ask(pathOf('prod_1', 'reduce'), { method: 'POST' });
      expect([stolen.status, posted.status]).toEqual([404, 405]);
      for (const { contentType } of [stolen, posted]) expect(contentType).toMatch(/^application\/problem\+json/);
    });
  });
};
