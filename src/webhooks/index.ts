export type { TargetRules } from './connector.ts';
export type { WebhookEndpoint, WebhookFormat } from './endpoint.ts';
export {
  type EndpointChange,
  type EndpointRequest,
  type EndpointWithSecret,
  openWebhookEndpoints,
  type WebhookEndpoints,
} from './endpoints.ts';
export { startWebhooks } from './start-webhooks.ts';
export { bringBackEndpoints } from './stored.ts';
