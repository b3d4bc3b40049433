import type { Role } from '../platform/index.ts';
import { startAudit } from './audit.ts';
import { startGateway } from './gateway.ts';
import { startInventoryApi } from './inventory-api.ts';
import { startPayment } from './payment.ts';
import { startRelays } from './relay.ts';
import { startSaga } from './saga.ts';
import type { Start } from './start.ts';
import { startUpkeepWork } from './upkeep.ts';
import { startWebhookDeliveries } from './webhooks.ts';

export { openDoorOnce } from './door.ts';
export { groupsByStream, ownGroups } from './groups-by-stream.ts';
export { tellOfProcess } from './heartbeat.ts';
export { Hints } from './hints.ts';
export { type Modules, openModules } from './modules.ts';
export { startOpsOf } from './ops.ts';
export type { Parts } from './parts.ts';
export { readinessOf } from './readiness.ts';
export type { Seen } from './seen.ts';

/** Those that answer at an address, which they return. */
export const LISTENING_ROLES = {
  gateway: startGateway,
  'inventory-api': startInventoryApi,
} as const satisfies Readonly<Partial<Record<Role, (start: Start) => Promise<string>>>>;

export type ListeningRole = keyof typeof LISTENING_ROLES;

export const isListening = (role: Role): role is ListeningRole => Object.hasOwn(LISTENING_ROLES, role);

/** Those that work unasked. */
export const BACKGROUND_ROLES: Readonly<Record<Exclude<Role, ListeningRole>, (start: Start) => void | Promise<void>>> =
  {
    relay: startRelays,
    audit: startAudit,
    saga: startSaga,
    payment: startPayment,
    webhooks: startWebhookDeliveries,
    upkeep: startUpkeepWork,
  };
