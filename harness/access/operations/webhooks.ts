import type { Operation } from '../operation.ts';

const ALL = { about: 'all', notReached: 'null' } as const;

const RESULT = '{ __typename ... on UserError { code message } }';

/** A mutation on an endpoint that is made for it. */
const onOne = (name: string, idField = 'id'): Operation => ({
  ...ALL,
  field: `Mutation.${name}`,
  document: `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) ${RESULT} }`,
  variables: async ({ newWebhookEndpoint }) => ({ input: { [idField]: await newWebhookEndpoint() } }),
});

/** Whatever may be asked about webhook endpoints. */
export const ABOUT_WEBHOOKS: readonly Operation[] = [
  {
    ...ALL,
    field: 'Query.webhookEndpoints',
    document: '{ webhookEndpoints { edges { cursor } } }',
    variables: () => ({}),
  },
  {
    about: 'a webhook endpoint',
    notReached: 'null',
    field: 'Query.node',
    how: 'of a webhook endpoint',
    scope: 'webhooks:write',
    document: 'query ($id: ID!) { node(id: $id) { id } }',
    variables: async ({ newWebhookEndpoint }) => ({ id: await newWebhookEndpoint() }),
  },
  {
    ...ALL,
    field: 'Mutation.createWebhookEndpoint',
    document: `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) ${RESULT} }`,
    variables: () => ({ input: { url: 'https://hooks.example/', eventTypes: ['DeadLetterDiscarded'] } }),
  },
  onOne('updateWebhookEndpoint'),
  onOne('rotateWebhookSecret'),
  onOne('resumeWebhookEndpoint'),
  onOne('redeliverWebhooks', 'endpointId'),
  onOne('deleteWebhookEndpoint'),
];
