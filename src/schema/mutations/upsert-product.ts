import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { composeProduct } from '../find-product.ts';
import { MoneyInput } from '../types/money.ts';
import { Product } from '../types/product.ts';
import { idempotencyKeyField } from './inputs.ts';
import { refused, resultUnion } from './result-union.ts';

const UpsertProductInput = builder.inputType('UpsertProductInput', {
  description: 'What a product is to be.',
  fields: (t) => ({
    id: t.id({
      required: true,
      description: 'prod_ and then 1 to 95 letters, digits, ".", "_", ":" or "-", as the shop likes.',
    }),
    name: t.string({ required: true, description: 'For people to read, 1 to 200 characters.' }),
    price: t.field({ type: MoneyInput, required: true, description: 'For one unit.' }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const UpsertProductResult = resultUnion('UpsertProduct', {
  of: Product,
  refusals: ['INVALID_INPUT', 'IDEMPOTENCY_CONFLICT'],
});

const PLACES = { price: ['input', 'price', 'amount'], currency: ['input', 'price', 'currency'] };

export const upsertProduct = (t: MutationFields) =>
  t.field({
    type: UpsertProductResult,
    access: holders('catalogue:write'),
    description: 'Creates the product or changes its name and price. Carts that hold it keep their price.',
    args: { input: t.arg({ type: UpsertProductInput, required: true, description: 'The product.' }) },
    resolve: async (_root, { input }, context) => {
      const command = { id: input.id, name: input.name, price: input.price.amount, currency: input.price.currency };
      const result = await context.write.upsertProduct(command, commandContext(context, input));
      return result.ok ? composeProduct(result.value, result.value.stock) : refused(result.error, PLACES);
    },
  });
