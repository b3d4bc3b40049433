/** What one process can be; by default it is all of them. */
export const ROLES = ['gateway', 'inventory-api', 'relay', 'payment', 'saga', 'audit', 'webhooks', 'upkeep'] as const;

export type Role = (typeof ROLES)[number];
