import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresStage } from '../../chaos/stage/index.ts';
import { RedisSet } from '../../support/sentinel/redis-set.ts';
import { Clients } from '../clients/index.ts';
import type { DrillContext } from '../drill.ts';
import { Silence } from './silence.ts';

/** How long a master is silent before Sentinels ask each other whether it is down. */
const DOWN_AFTER_MS = 2_000;
const CAST = [['gateway'], ['relay', 'payment', 'upkeep'], ['saga', 'audit', 'webhooks']] as const;

/** All that the drill takes place on. */
export interface Scene {
  readonly context: DrillContext;
  readonly postgres: PostgresStage;
  readonly set: RedisSet;
  readonly clients: Clients;
  /** Of what the operator receives who follows all events. */
  readonly silence: Silence;
  readonly gateway: string;
  readonly environment: Readonly<Record<string, string>>;
}

const openPostgres = async ({ directory, opened }: DrillContext): Promise<PostgresStage> => {
  const postgres = opened.use(new PostgresStage(directory));
  const kill = (): void => postgres.killForGood();
  process.once('exit', kill);
  opened.defer(() => void process.off('exit', kill));
  await postgres.start();
  return postgres;
};

/** A master, two replicas and three Sentinels; three processes of panier that know the Sentinels alone. */
export const setScene = async (context: DrillContext): Promise<Scene> => {
  const { crew, random, opened } = context;
  const postgres = await openPostgres(context);
  const directory = join(context.directory, 'redis');
  mkdirSync(directory, { mode: 0o711 });
  const set = opened.use(await RedisSet.open({ directory, replicas: 2, sentinels: 3, downAfterMs: DOWN_AFTER_MS }));
  const environment = { DATABASE_URL: postgres.urlAt(postgres.port), REDIS_URL: set.url };
  const processes = [];
  for (const roles of CAST) processes.push(await crew.join({ name: roles.join('+'), roles, environment }));
  const gateway = processes.flatMap(({ options: { url } }) => url ?? [])[0] ?? '';
  const clients = context.opened.use(new Clients({ random, urls: () => [gateway] }));
  const silence = opened.use(new Silence(() => clients.audited.eventIds.length));
  return { context, postgres, set, clients, silence, gateway, environment };
};
