export type { Doors, GatewayContext } from './context.ts';
export { schema } from './schema.ts';
export { type GatewayServer, ListenError, type ListenOptions, type ServerParts, startServer } from './server/start-server.ts';
