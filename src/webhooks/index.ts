export type { TargetRules } from './connector.ts';
export { WEBHOOK_FORMATS, type WebhookEndpoint, type WebhookFormat, type WebhookStatus } from './endpoint.ts';
export {
  type EndpointChange,
  type EndpointRequest,
  type EndpointWithSecret,
  openWebhookEndpoints,
  type WebhookEndpoints,
} from './endpoints.ts';
export { startWebhooks } from './start-webhooks.ts';
