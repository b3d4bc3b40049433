export type { BusStage } from './bus-stage.ts';
export type { InventoryStage } from './inventory-stage.ts';
export type { Member } from './member.ts';
export { type PostgresHomes, SERVER_NAMES, type ServerCount, type ServerName } from './postgres-homes.ts';
export { PostgresStage } from './postgres-stage.ts';
export { Proxy } from './proxy.ts';
export { RedisStage } from './redis-stage.ts';
export { CLAIM_IDLE_MS, openStage, RESERVATION_SECONDS, SETTINGS, type Stage } from './stage.ts';
export { STREAMS, Streams } from './streams.ts';
