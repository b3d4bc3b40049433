import type { EnvironmentReader } from './environment.ts';

/** Where the process tells of itself to those who look after it. */
export interface OpsAddress {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

const VARIABLE = 'PANIER_OPS_PORT';
const DEFAULT_PORT = 4002;
const LAST_PORT = 65_535;

/** Null where it is left out. Not by HOST: what is open to clients need not be open to strangers to these. */
export const readOpsAddress = ({ text, problems }: EnvironmentReader): OpsAddress | null => {
  const host = text('PANIER_OPS_HOST') ?? '127.0.0.1';
  const given = text(VARIABLE) ?? String(DEFAULT_PORT);
  if (given.toLowerCase() === 'off') return null;
  const port = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
  if (port <= LAST_PORT) return { host, port };
  problems.push(`${VARIABLE} is "${given}": set it to a whole number from 0 to ${LAST_PORT}, or to off.`);
  return null;
};
