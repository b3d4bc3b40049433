import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { WebhookEndpoint, WebhookFormat } from '../types/webhook-endpoint.ts';
import { webhookEndpointIdField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const UpdateWebhookEndpointInput = builder.inputType('UpdateWebhookEndpointInput', {
  description: 'What is to change of a webhook endpoint; what is left out stays as it is.',
  fields: (t) => ({
    id: webhookEndpointIdField(t),
    url: t.string({ description: 'Where events are sent, as createWebhookEndpoint takes it.' }),
    eventTypes: t.stringList({ description: 'Only events of these types; null: of all.' }),
    format: t.field({ type: WebhookFormat, description: 'How they are posted.' }),
  }),
});

const UpdateWebhookEndpointResult = resultUnion('UpdateWebhookEndpoint', {
  of: WebhookEndpoint,
  refusals: ['NOT_FOUND', 'INVALID_INPUT'],
});

export const updateWebhookEndpoint = (t: MutationFields) =>
  t.field({
    type: UpdateWebhookEndpointResult,
    access: holders('webhooks:write'),
    description: 'Changes an endpoint, which keeps its secret and goes on where it stands.',
    args: { input: t.arg({ type: UpdateWebhookEndpointInput, required: true, description: 'What is to change.' }) },
    resolve: async (_root, { input: { id, url, eventTypes, format } }, { webhooks }) =>
      memberOf(await webhooks.update(id, { url: url ?? undefined, eventTypes, format: format ?? undefined })),
  });
