import type { EnvironmentReader } from './environment.ts';

interface Bound {
  readonly variable: string;
  readonly fallback: number;
}

const MAX = 1_000_000_000;

const bound = (variable: string, fallback: number): Bound => ({ variable, fallback });

/** How much is served within a minute; 0: as much as is asked for. */
const BOUNDS = {
  /** Of one visitor, or one customer. */
  customer: bound('PANIER_RATE_CUSTOMER', 600),
  customerCommands: bound('PANIER_RATE_CUSTOMER_COMMANDS', 120),
  operator: bound('PANIER_RATE_OPERATOR', 6_000),
  operatorCommands: bound('PANIER_RATE_OPERATOR_COMMANDS', 1_200),
  service: bound('PANIER_RATE_SERVICE', 30_000),
  serviceCommands: bound('PANIER_RATE_SERVICE_COMMANDS', 6_000),
  /** Of one address, whoever asks from there. */
  address: bound('PANIER_RATE_ADDRESS', 30_000),
  addressCommands: bound('PANIER_RATE_ADDRESS_COMMANDS', 6_000),
  addressVisits: bound('PANIER_RATE_ADDRESS_VISITS', 600),
} as const;

export type RateLimits = Readonly<Record<keyof typeof BOUNDS, number>>;

const limitsBy = (valueOf: (bound: Bound) => number): RateLimits =>
  Object.fromEntries(Object.entries(BOUNDS).map(([name, each]) => [name, valueOf(each)])) as RateLimits;

export const DEFAULT_RATE_LIMITS: RateLimits = limitsBy(({ fallback }) => fallback);

/** For who is to be served whatever is asked: what measures, and what tries faults. */
export const NO_RATE_LIMITS: RateLimits = limitsBy(() => 0);

export const readRateLimits = ({ integer }: EnvironmentReader): RateLimits =>
  limitsBy(({ variable, fallback }) => integer(variable, { fallback, min: 0, max: MAX }));
