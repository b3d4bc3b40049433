export { Cluster } from './cluster.ts';
export { type DrillRedis, openRedisOn } from './open-redis.ts';
export { giveToPostgres, makePlaces } from './place.ts';
export { type Procedure, procedureUnder } from './procedure.ts';
export { findPrograms } from './programs.ts';
export { isRoot, runScript, type Variables } from './shell.ts';
