export { type Access as FieldAccess, accessOf } from './access.ts';
export type { GatewayContext, Modules } from './context.ts';
export type { ReadingCopy } from './reading.ts';
export { schema } from './schema.ts';
export { type Manifest, ManifestError } from './server/manifest.ts';
export type { ServerParts } from './server/server-parts.ts';
export { type GatewayServer, type ListenOptions, startServer } from './server/start-server.ts';
export { type Subgraph, subgraph } from './subgraph/subgraph.ts';
