import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { UpkeepRun } from '../types/upkeep-run.ts';
import { idempotencyKeyField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const StartVerificationInput = builder.inputType('StartVerificationInput', {
  description: 'How to verify.',
  fields: (t) => ({
    graceSeconds: t.int({ defaultValue: 60, description: 'What is younger may still be under way: 0 to 86400.' }),
    pauseSeconds: t.int({
      defaultValue: 5,
      description: 'How long to wait before what was found is looked for again: 0 to 600.',
    }),
    fold: t.boolean({ defaultValue: true, description: 'Whether the read models are folded anew: the longest check.' }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const StartVerificationResult = resultUnion('StartVerification', {
  of: UpkeepRun,
  refusals: ['INVALID_INPUT', 'IDEMPOTENCY_CONFLICT', 'UPKEEP_RUNNING'],
});

const DEFAULTS = { graceSeconds: 60, pauseSeconds: 5, fold: true };

export const startVerification = (t: MutationFields) =>
  t.field({
    type: StartVerificationResult,
    access: holders('repair'),
    description: 'Checks every rule that always holds, while the shop goes on; `upkeepRun` tells how it goes.',
    args: { input: t.arg({ type: StartVerificationInput, required: true, description: 'How.' }) },
    resolve: async (_root, { input }, context) => {
      const graceSeconds = input.graceSeconds ?? DEFAULTS.graceSeconds;
      const pauseSeconds = input.pauseSeconds ?? DEFAULTS.pauseSeconds;
      const asked = { graceSeconds, pauseSeconds, fold: input.fold ?? DEFAULTS.fold };
      return memberOf(await context.upkeep.startVerification(asked, commandContext(context, input)));
    },
  });
