import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { WebhookEndpointSecret } from '../types/webhook-endpoint.ts';
import { webhookEndpointIdField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const DEFAULT_OVERLAP_HOURS = 24;

const RotateWebhookSecretInput = builder.inputType('RotateWebhookSecretInput', {
  description: 'Whose secret is to be replaced. It takes no idempotencyKey: the secret in the answer is not kept.',
  fields: (t) => ({
    id: webhookEndpointIdField(t),
    overlapHours: t.int({
      defaultValue: DEFAULT_OVERLAP_HOURS,
      description: 'For so long events are signed with the secret before, too: 0 to 168.',
    }),
  }),
});

const RotateWebhookSecretResult = resultUnion('RotateWebhookSecret', {
  of: WebhookEndpointSecret,
  refusals: ['NOT_FOUND', 'INVALID_INPUT'],
});

export const rotateWebhookSecret = (t: MutationFields) =>
  t.field({
    type: RotateWebhookSecretResult,
    access: holders('webhooks:write'),
    description:
      'Gives an endpoint a new secret, told in the answer, once. The one before goes on beside it for a while; an older one ends.',
    args: { input: t.arg({ type: RotateWebhookSecretInput, required: true, description: 'Whose.' }) },
    resolve: async (_root, { input: { id, overlapHours } }, { webhooks }) =>
      memberOf(await webhooks.rotateSecret(id, overlapHours ?? DEFAULT_OVERLAP_HOURS)),
  });
