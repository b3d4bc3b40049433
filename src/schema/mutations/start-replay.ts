import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { UpkeepRun } from '../types/upkeep-run.ts';
import { idempotencyKeyField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const StartReplayInput = builder.inputType('StartReplayInput', {
  description: 'How to replay.',
  fields: (t) => ({
    dryRun: t.boolean({
      required: true,
      description: 'Whether to compare only; false: what was built takes the place of the read models.',
    }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const StartReplayResult = resultUnion('StartReplay', {
  of: UpkeepRun,
  refusals: ['INVALID_INPUT', 'IDEMPOTENCY_CONFLICT', 'UPKEEP_RUNNING'],
});

export const startReplay = (t: MutationFields) =>
  t.field({
    type: StartReplayResult,
    access: holders('repair'),
    description:
      'Builds the read models anew from the event store beside those in use, compares the two, and puts the new ones in place at once; `upkeepRun` tells how it goes.',
    args: { input: t.arg({ type: StartReplayInput, required: true, description: 'How.' }) },
    resolve: async (_root, { input }, context) => {
      const { dryRun } = input;
      return memberOf(await context.upkeep.startReplay({ dryRun }, commandContext(context, input)));
    },
  });
