import type { DatabaseHome } from '../../../src/platform/index.ts';
import { PostgresStage } from './postgres-stage.ts';

/** One PostgreSQL for all, or one each for journal and ledger, with what is shared beside the first of them. */
export type ServerCount = 1 | 3;

export const SERVER_NAMES = ['write', 'saga', 'audit'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

/** The servers of PostgreSQL, and which home is where. */
export interface PostgresHomes {
  /** The first is that of `DATABASE_URL`. */
  readonly servers: readonly PostgresStage[];
  readonly homes: Readonly<Record<DatabaseHome, PostgresStage>>;
}

export const postgresHomes = (directory: string, count: ServerCount): PostgresHomes => {
  const first = new PostgresStage(directory);
  if (count === 1) return { servers: [first], homes: { shared: first, write: first, saga: first, audit: first } };
  const [saga, audit] = [new PostgresStage(directory, 'postgres-saga'), new PostgresStage(directory, 'postgres-audit')];
  return { servers: [first, saga, audit], homes: { shared: first, write: first, saga, audit } };
};

/** What a process is told of the servers beside the first, by way of these ports. */
export const environmentOfHomes = ({ servers }: PostgresHomes, ports: readonly number[]): Record<string, string> => {
  const [, saga, audit] = servers.map((server, nth) => server.urlAt(ports[nth] ?? 0));
  return {
    ...(saga !== undefined && { PANIER_SAGA_DATABASE_URL: saga }),
    ...(audit !== undefined && { PANIER_AUDIT_DATABASE_URL: audit }),
  };
};
