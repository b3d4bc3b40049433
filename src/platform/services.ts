/** Whoever has a role of its own in PostgreSQL. The owner migrates, verifies and replays; the others are named for what they do. */
export const DATABASE_SERVICES = ['owner', 'commands', 'saga', 'audit', 'read', 'relay', 'webhooks'] as const;

export type DatabaseService = (typeof DATABASE_SERVICES)[number];

/**
 * Where tables are at home (ADR-081): `shared` what all services share, `write` and `saga` a journal each with what its service
 * decides by, `audit` the event store with the read models. Each may be on a server of PostgreSQL of its own.
 */
export const DATABASE_HOMES = ['shared', 'write', 'saga', 'audit'] as const;

export type DatabaseHome = (typeof DATABASE_HOMES)[number];

/** Whoever has a user of its own in Redis. */
export const REDIS_SERVICES = ['gateway', 'payment', 'saga', 'audit', 'relay', 'webhooks', 'upkeep'] as const;

export type RedisService = (typeof REDIS_SERVICES)[number];

/** A URL for each service that has its own. */
export type ServiceUrls<Service extends string> = Readonly<Partial<Record<Service, string>>>;
