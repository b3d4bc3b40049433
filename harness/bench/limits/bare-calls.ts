import { Pool } from 'undici';
import type { ForeignInventory } from '../../inventory/index.ts';
import { CALLS_AT_ONCE, ELSEWHERE_PRODUCTS } from '../stage/index.ts';

/** The requests that panier makes of orders of two lines, and nothing else. */
export interface BareCalls extends AsyncDisposable {
  /** An order's calls one after the other, as many orders at once as panier has calls under way. */
  readonly reduceAll: (first: number, end: number) => Promise<void>;
}

export const openBareCalls = ({ url, token }: ForeignInventory): BareCalls => {
  const pool = new Pool(url, { connections: CALLS_AT_ONCE });
  const reduce = async (order: number, line: number): Promise<void> => {
    const productId = ELSEWHERE_PRODUCTS[(order + line) % ELSEWHERE_PRODUCTS.length];
    const { statusCode, body } = await pool.request({
      path: `/stock/products/${productId}/stock/reduce`,
      method: 'PUT',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': `${order}:${productId}`,
      },
      body: '{"quantity":1}',
    });
    await body.json();
    if (statusCode !== 200) throw new Error(`The inventory answered ${statusCode}.`);
  };
  return {
    reduceAll: async (first, end) => {
      let next = first;
      const work = async (): Promise<void> => {
        for (let order = next++; order < end; order = next++) for (const line of [0, 1]) await reduce(order, line);
      };
      await Promise.all(Array.from({ length: CALLS_AT_ONCE }, work));
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
};
