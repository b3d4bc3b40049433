import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { DeadLetter } from '../types/dead-letter.ts';
import { deadLetterMemberOf } from './dead-letter-member.ts';
import { deadLetterIdField, idempotencyKeyField } from './inputs.ts';
import { resultUnion } from './result-union.ts';

const RetryDeadLetterInput = builder.inputType('RetryDeadLetterInput', {
  description: 'Which dead letter to try again.',
  fields: (t) => ({
    id: deadLetterIdField(t),
    reason: t.string({ description: 'Why, for whoever looks later; 1 to 500 characters.' }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const RetryDeadLetterResult = resultUnion('RetryDeadLetter', {
  of: DeadLetter,
  refusals: ['NOT_FOUND', 'INVALID_INPUT', 'IDEMPOTENCY_CONFLICT'],
});

export const retryDeadLetter = (t: MutationFields) =>
  t.field({
    type: RetryDeadLetterResult,
    access: holders('repair'),
    description:
      'Puts the entry on its stream again, as it was. Groups that have handled it know it by its event_id and do nothing; should it fail again, it becomes a new dead letter.',
    args: { input: t.arg({ type: RetryDeadLetterInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => {
      const { id, reason } = input;
      const command = context.operations.retryDeadLetter({ id, reason }, commandContext(context, input));
      return deadLetterMemberOf(context, await command);
    },
  });
