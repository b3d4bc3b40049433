import type { ProductView } from '../../read/index.ts';
import { builder } from '../builder.ts';
import type { GatewayContext } from '../context.ts';
import { Money, moneyOf } from './money.ts';
import { Node } from './node.ts';

/** While nobody has told, none: what panier's own events come to knows nothing of what the shop has. */
const availableElsewhere = async (saga: Pick<GatewayContext['saga'], 'available'>, id: string): Promise<number> =>
  (await saga.available(id)) ?? 0;

export const Product = builder.objectRef<ProductView>('Product').implement({
  description: 'Something that is sold, with its stock. Each unit is available, reserved or sold.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'For people to read, at most 200 characters.' }),
    price: t.field({
      type: Money,
      description: 'For one unit, now. Carts keep the price at which an item was first added.',
      resolve: ({ price, currency }) => moneyOf(price, currency),
    }),
    available: t.int({
      description: 'Units sellable now. With an inventory elsewhere, what it told last; 0 before it has told anything.',
      resolve: ({ id, available }, _args, { saga }) =>
        saga.keeper === 'Ledger' ? available : availableElsewhere(saga, id),
    }),
    reserved: t.exposeInt('reserved', { description: 'Units held by orders that are not final.' }),
    sold: t.exposeInt('sold', { description: 'Units of confirmed orders.' }),
  }),
});
