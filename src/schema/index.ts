export type { GatewayContext, Modules } from './context.ts';
export { schema } from './schema.ts';
export type { ServerParts } from './server/server-parts.ts';
export {
  type GatewayServer,
  ListenError,
  type ListenOptions,
  startServer,
} from './server/start-server.ts';
