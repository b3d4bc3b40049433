import type { Migration } from 'kysely/migration';

/** A migration that has landed: what it did to one database, it must do to the next. */
export interface LandedMigration {
  /** How the SHA-256 of its file begins, as it landed; a test compares. */
  readonly sha256: string;
  readonly load: () => Promise<Migration>;
}

export type Migrations = Readonly<Record<string, Pick<LandedMigration, 'load'>>>;

/**
 * Every migration by its name. None is ever edited, nor may it import anything of ours: a database that has been here would
 * differ from a fresh one. A new one is a file and a line, at the end; the test says what its `sha256` is.
 */
export const MIGRATIONS = {
  '0001-initial': { sha256: 'e81a86ad3d7a', load: () => import('./0001-initial.ts') },
  '0002-outbox-age': { sha256: 'd829972d69c6', load: () => import('./0002-outbox-age.ts') },
  '0003-sweep-checkpoint': { sha256: '9a1a9ebfc39a', load: () => import('./0003-sweep-checkpoint.ts') },
  '0004-append-only-upkeep': { sha256: '1e98be69887b', load: () => import('./0004-append-only-upkeep.ts') },
  '0005-cart-versions': { sha256: 'e272cfe65e99', load: () => import('./0005-cart-versions.ts') },
  '0006-one-reading': { sha256: '1a60b4840d63', load: () => import('./0006-one-reading.ts') },
  '0007-identity': { sha256: '1ddaaa0bcbe4', load: () => import('./0007-identity.ts') },
  '0008-one-table-of-keys': { sha256: '3a1ab23c606c', load: () => import('./0008-one-table-of-keys.ts') },
  '0009-readable-json': { sha256: '189d8c428598', load: () => import('./0009-readable-json.ts') },
  '0010-cart-activity': { sha256: '54f5bc107cfa', load: () => import('./0010-cart-activity.ts') },
  '0011-order-of-code-points': {
    sha256: '3da8c0c1ca01',
    load: () => import('./0011-order-of-code-points.ts'),
  },
  '0012-seal': { sha256: 'c12772eb2b1c', load: () => import('./0012-seal.ts') },
  '0013-access': { sha256: 'ebc7a7cdaf38', load: () => import('./0013-access.ts') },
  '0014-owners': { sha256: '540dbad5ab64', load: () => import('./0014-owners.ts') },
  '0015-claims': { sha256: 'd4a74553bffa', load: () => import('./0015-claims.ts') },
  '0016-payment-methods': { sha256: '5935de027389', load: () => import('./0016-payment-methods.ts') },
  '0017-remote-inventory': { sha256: 'd163854bc2c4', load: () => import('./0017-remote-inventory.ts') },
  '0018-stripe': { sha256: '03f07a3ed3d3', load: () => import('./0018-stripe.ts') },
  '0019-webhooks': { sha256: '016125cd5413', load: () => import('./0019-webhooks.ts') },
  '0021-order-terms': { sha256: '8b6ce0ed08b7', load: () => import('./0021-order-terms.ts') },
  '0022-product-lists': { sha256: 'a1307de58e56', load: () => import('./0022-product-lists.ts') },
  '0023-order-stats': { sha256: '8d8e4a2bf8e0', load: () => import('./0023-order-stats.ts') },
  '0024-processes': { sha256: 'c35143dc596e', load: () => import('./0024-processes.ts') },
  '0025-upkeep': { sha256: 'e8968d141173', load: () => import('./0025-upkeep.ts') },
  '0026-cart-lists': { sha256: '430ad31611d7', load: () => import('./0026-cart-lists.ts') },
  '0027-carts-by-creation': { sha256: '0faa058dbac6', load: () => import('./0027-carts-by-creation.ts') },
  '0028-since-0.1-partitions': {
    sha256: '7581075ce511',
    load: () => import('./0028-since-0.1-partitions.ts'),
  },
  '0029-since-0.1-partition-leases': {
    sha256: '2aedc349c6b0',
    load: () => import('./0029-since-0.1-partition-leases.ts'),
  },
  '0030-since-0.1-webhook-heads': {
    sha256: 'f9dfdaf7d4d3',
    load: () => import('./0030-since-0.1-webhook-heads.ts'),
  },
  '0031-since-0.1-homes': { sha256: '44abc40283c6', load: () => import('./0031-since-0.1-homes.ts') },
} as const satisfies Readonly<Record<string, LandedMigration>>;
