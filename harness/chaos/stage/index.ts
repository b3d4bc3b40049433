export type { InventoryStage } from './inventory-stage.ts';
export type { Member } from './member.ts';
export type { PostgresStage } from './postgres-stage.ts';
export type { Proxy } from './proxy.ts';
export type { RedisStage } from './redis-stage.ts';
export { CLAIM_IDLE_MS, openStage, RESERVATION_SECONDS, type Stage } from './stage.ts';
