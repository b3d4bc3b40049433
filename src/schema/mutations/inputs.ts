import type { InputFieldBuilder } from '@pothos/core';
import type { SchemaTypes } from '../builder.ts';

type Fields = InputFieldBuilder<SchemaTypes, 'InputObject'>;

/** On every input. */
export const idempotencyKeyField = (t: Fields) =>
  t.string({
    description:
      "The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT.",
  });

/** On every input that changes a cart. */
export const expectedVersionField = (t: Fields) =>
  t.int({
    description:
      "The cart's version that the client decided on: refused with VERSION_CONFLICT unless it is the current one.",
  });

export const cartIdField = (t: Fields) => t.id({ required: true, description: 'The cart (cart_…).' });

export const cartItemIdField = (t: Fields) =>
  t.id({
    required: true,
    description: 'The item (item_…); also, as earlier versions showed it, its number within the cart.',
  });

export const orderIdField = (t: Fields) => t.id({ required: true, description: 'The order (order_…).' });

export const deadLetterIdField = (t: Fields) => t.id({ required: true, description: 'The dead letter (dead_…).' });

export const webhookEndpointIdField = (t: Fields) =>
  t.id({ required: true, description: 'The webhook endpoint (hook_…).' });

export const upkeepRunIdField = (t: Fields) => t.id({ required: true, description: 'The run (run_…).' });

export const productIdField = (t: Fields) => t.id({ required: true, description: 'The product (prod_…).' });
