export { type RunningServers, readRunningServers } from './ownership.ts';
export { type RunningServer, type ServerOptions, startPostgres } from './postgres.ts';
export type { ProcessIdentity } from './process-identity.ts';
export { type RedisOptions, startRedis } from './redis.ts';
export { findRedis } from './redis-install.ts';
export type { ServerProcess } from './server-process.ts';
export { ServersError } from './servers-error.ts';
export { type Servers, type StartServersOptions, startServers } from './start-servers.ts';
export { signalProcess } from './stop-process.ts';
