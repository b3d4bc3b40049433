import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { WebhookEndpoint } from '../types/webhook-endpoint.ts';
import { webhookEndpointIdField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const ResumeWebhookEndpointInput = builder.inputType('ResumeWebhookEndpointInput', {
  description: 'Which endpoint is to go on.',
  fields: (t) => ({ id: webhookEndpointIdField(t) }),
});

const ResumeWebhookEndpointResult = resultUnion('ResumeWebhookEndpoint', {
  of: WebhookEndpoint,
  refusals: ['NOT_FOUND'],
});

export const resumeWebhookEndpoint = (t: MutationFields) =>
  t.field({
    type: ResumeWebhookEndpointResult,
    access: holders('webhooks:write'),
    description:
      'Sends events again to an endpoint that is PAUSED or DISABLED, from where it stood. One that waits for its next attempt is tried at once.',
    args: { input: t.arg({ type: ResumeWebhookEndpointInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, { webhooks }) => memberOf(await webhooks.resume(input.id)),
  });
