import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { webhookEndpointIdField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const DeleteWebhookEndpointInput = builder.inputType('DeleteWebhookEndpointInput', {
  description: 'Which endpoint is to go.',
  fields: (t) => ({ id: webhookEndpointIdField(t) }),
});

const DeletedWebhookEndpoint = builder.objectRef<{ readonly id: string }>('DeletedWebhookEndpoint').implement({
  description: 'A webhook endpoint that is no more.',
  fields: (t) => ({ id: t.exposeID('id', { description: 'What it was called.' }) }),
});

const DeleteWebhookEndpointResult = resultUnion('DeleteWebhookEndpoint', {
  of: DeletedWebhookEndpoint,
  refusals: ['NOT_FOUND'],
});

export const deleteWebhookEndpoint = (t: MutationFields) =>
  t.field({
    type: DeleteWebhookEndpointResult,
    access: holders('webhooks:write'),
    description: 'Sends nothing more to an endpoint, and forgets it with its secrets.',
    args: { input: t.arg({ type: DeleteWebhookEndpointInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, { webhooks }) => memberOf(await webhooks.remove(input.id)),
  });
