import type { Role } from '../../src/platform/index.ts';

export const NAMESPACE = 'panier';

/** Where Prometheus runs: whoever comes from there may ask for metrics. */
export const MONITORING_NAMESPACE = 'monitoring';

export const CLIENT_PORTS: Readonly<Partial<Record<Role, number>>> = { gateway: 4000, 'inventory-api': 4001 };
export const OPS_PORT = 4002;

/** Of all pods of panier. */
export const PANIER = { 'app.kubernetes.io/name': 'panier' } as const;

/** Of those of one role. */
export const labelsOf = (role: Role) => ({ ...PANIER, 'app.kubernetes.io/component': role });

export const nameOf = (role: Role): string => `panier-${role}`;
