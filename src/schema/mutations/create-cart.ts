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
        "Whose cart it is to be. A customer's is always their own; null makes it a visitor's. 1 to 200 visible characters of ASCII: it is what a token may name.",
    }),
    sessionId: t.id({ description: "The shop's own session, kept with the cart." }),
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
    description: 'Creates an empty cart.',
    args: { input: t.arg({ type: CreateCartInput, description: "May be left out: a visitor's cart in EUR." }) },
    resolve: async (_root, { input }, context) => {
      const { customerId = null, sessionId = null, currency } = input ?? {};
      const command = { customerId, sessionId, currency: currency ?? DEFAULT_CURRENCY };
      return memberOf(await context.write.createCart(command, commandContext(context, input ?? {})));
    },
  });
