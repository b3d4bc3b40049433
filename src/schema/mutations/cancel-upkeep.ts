import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { UpkeepRun } from '../types/upkeep-run.ts';
import { upkeepRunIdField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const CancelUpkeepInput = builder.inputType('CancelUpkeepInput', {
  description: 'Which run to end. It takes no idempotencyKey: again, it changes nothing.',
  fields: (t) => ({ id: upkeepRunIdField(t) }),
});

const CancelUpkeepResult = resultUnion('CancelUpkeep', { of: UpkeepRun, refusals: ['NOT_FOUND', 'INVALID_INPUT'] });

export const cancelUpkeep = (t: MutationFields) =>
  t.field({
    type: CancelUpkeepResult,
    access: holders('repair'),
    description:
      'Ends a run. One that waits is CANCELLED at once, one that runs within seconds; one that is over stays as it is.',
    args: { input: t.arg({ type: CancelUpkeepInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) =>
      memberOf(await context.upkeep.cancel({ id: input.id }, commandContext(context, {}))),
  });
