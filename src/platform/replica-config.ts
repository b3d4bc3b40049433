import type { EnvironmentReader } from './environment.ts';

/** Copies of the database that queries may be read from. */
export interface ReplicaConfig {
  readonly urls: readonly string[];
  /** By how much one may be behind before it is left out. */
  readonly maxLagMs: number;
}

const VARIABLE = 'PANIER_READ_DATABASE_URLS';
const PROTOCOLS = ['postgres:', 'postgresql:'];

/** No URLs: queries are read where everything is written. */
export const readReplicaConfig = ({ text, integer, problems }: EnvironmentReader): ReplicaConfig => {
  const given = (text(VARIABLE) ?? '').split(',').map((each) => each.trim());
  const urls = given.filter((each) => each !== '');
  // The value is never repeated: it holds a password.
  if (urls.some((url) => !PROTOCOLS.includes(URL.parse(url)?.protocol ?? '')))
    problems.push(`${VARIABLE} has what is no URL that starts with postgres://: give URLs of replicas, with commas.`);
  return { urls, maxLagMs: integer('PANIER_READ_MAX_LAG_MS', { fallback: 1_000, min: 100, max: 10_000 }) };
};
