export { Crew, type Joining } from './crew.ts';
export type { PanierProcess } from './process.ts';
export { makeRelease } from './release.ts';
export { openServers, type Servers } from './servers.ts';
