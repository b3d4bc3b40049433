import { owners } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { Cart } from '../types/cart.ts';
import { idempotencyKeyField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const DEFAULT_CURRENCY = 'EUR';

const CreateCartInput = builder.inputType('CreateCartInput', {
  description: 'A new cart.',
  fields: (t) => ({
    customerId: t.id({
      description:
        "Whose cart it is to be, when the viewer may write everybody's: a visitor's and a customer's are always their own. 1 to 200 visible characters of ASCII.",
    }),
    sessionId: t.id({
      description:
        "The visitor's id, which makes it that visitor's when there is no customerId. A visitor's cart always has their own; otherwise it may be a session of the shop's, kept with the cart.",
    }),
    currency: t.string({
      defaultValue: DEFAULT_CURRENCY,
      description: 'ISO 4217 code; every product of the cart must be sold in it.',
    }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const CreateCartResult = resultUnion('CreateCart', { of: Cart, refusals: ['INVALID_INPUT', 'IDEMPOTENCY_CONFLICT'] });

export const createCart = (t: MutationFields) =>
  t.field({
    type: CreateCartResult,
    access: owners('orders:write'),
    description: 'Creates an empty cart.',
    args: { input: t.arg({ type: CreateCartInput, description: "May be left out: a cart in EUR, the viewer's own." }) },
    resolve: async (_root, { input }, context) => {
      const { customerId = null, sessionId = null, currency } = input ?? {};
      const command = { customerId, sessionId, currency: currency ?? DEFAULT_CURRENCY };
      return memberOf(await context.write.createCart(command, commandContext(context, input ?? {})));
    },
  });
