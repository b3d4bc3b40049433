import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { DeadLetter } from '../types/dead-letter.ts';
import { deadLetterMemberOf } from './dead-letter-member.ts';
import { deadLetterIdField, idempotencyKeyField } from './inputs.ts';
import { resultUnion } from './result-union.ts';

const DiscardDeadLetterInput = builder.inputType('DiscardDeadLetterInput', {
  description: 'Which dead letter is not needed.',
  fields: (t) => ({
    id: deadLetterIdField(t),
    reason: t.string({ required: true, description: 'Why, for whoever looks later; 1 to 500 characters.' }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const DiscardDeadLetterResult = resultUnion('DiscardDeadLetter', {
  of: DeadLetter,
  refusals: ['NOT_FOUND', 'INVALID_INPUT', 'IDEMPOTENCY_CONFLICT'],
});

export const discardDeadLetter = (t: MutationFields) =>
  t.field({
    type: DiscardDeadLetterResult,
    access: holders('repair'),
    description: 'Takes the entry off the open dead letters; it stays on record.',
    args: { input: t.arg({ type: DiscardDeadLetterInput, required: true, description: 'Which one, and why.' }) },
    resolve: async (_root, { input }, context) => {
      const { id, reason } = input;
      const command = context.operations.discardDeadLetter({ id, reason }, commandContext(context, input));
      return deadLetterMemberOf(context, await command);
    },
  });
