export { ACCESS_PREFIX, type FreshAccess, freshAccess, newPassword, urlAs, userOf } from './access.ts';
export { type OpenEntrance, openEntrance } from './entrance.ts';
export { openReadiness, type Probed } from './readiness.ts';
export { settleHomes } from './settle-homes.ts';
export { StartupError } from './startup-error.ts';
export { openStores, type ServerUrls, type Stores } from './stores.ts';
export { startSweeps } from './sweeps.ts';
export { openWorkerReadiness } from './worker-readiness.ts';
