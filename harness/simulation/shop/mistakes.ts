import type { CommandContext } from '../../../src/commands/index.ts';
import type { Client, Command } from './client.ts';
import type { Shown } from './history.ts';

const operator = (idempotencyKey: string): CommandContext => ({
  idempotencyKey,
  traceparent: null,
  reach: 'Everything',
});

const MISTAKE = { isMistake: true } as const;

type Mistake = (id: string) => Command<Shown>;

const asProduct: readonly Mistake[] = [
  (productId) => ({
    name: 'adjustStock of what is no product',
    asked: MISTAKE,
    run: async ({ saga }, key) => {
      const answer = await saga.adjustStock({ productId, delta: 1, reason: null }, operator(key));
      return answer.ok ? { ok: true, value: {} } : answer;
    },
  }),
  (id) => ({
    name: 'upsertProduct of what is no product',
    asked: MISTAKE,
    run: ({ write }, key) => write.upsertProduct({ id, name: id, price: '1', currency: 'EUR' }, operator(key)),
  }),
];

const asOrder: Mistake = (orderId) => ({
  name: 'cancelOrder of what is no order',
  asked: MISTAKE,
  run: ({ write }, key) => write.cancelOrder({ orderId, reason: null }, operator(key)),
});

const asCart: Mistake = (cartId) => ({
  name: 'removeCartItem of what is no cart',
  asked: MISTAKE,
  run: ({ write }, key) => write.removeCartItem({ cartId, cartItemId: '1' }, operator(key)),
});

const MISTAKES = { Cart: [...asProduct, asOrder], Order: [...asProduct, asCart] } as const;
const CHANCE = 0.2;

/** Sometimes takes a thing for one of another kind. It is refused, and the thing does not notice. */
export const mistake = async (client: Client, kind: keyof typeof MISTAKES, id: string): Promise<void> => {
  if (client.random.chance(CHANCE)) await client.command(client.random.pick(MISTAKES[kind])(id));
};
