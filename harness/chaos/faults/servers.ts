import { sleep } from '../../../src/platform/index.ts';
import { SERVER_NAMES, type ServerName } from '../stage/index.ts';
import { type Fault, type FaultContext, seconds } from './fault.ts';

/** What befalls one of several servers of PostgreSQL, while the others are there. */
type Act = 'kill' | 'freeze' | 'cut';

export type ServerFault = `${ServerName}-${Act}`;

const MAX_DOWN_MS = 8_000;
const MAX_FROZEN_MS = 9_000;
const MAX_CUT_MS = 9_000;

type Strike = (context: FaultContext, nth: number) => Promise<string>;

const serverOf = ({ stage: { databases } }: FaultContext, nth: number) => {
  const server = databases.servers[nth];
  if (server === undefined) throw new Error('There is one PostgreSQL: run it with --servers 3.');
  return server;
};

const kill: Strike = async (context, nth) => {
  const server = serverOf(context, nth);
  const downMs = context.random.between(0, MAX_DOWN_MS);
  await server.stopImmediately();
  await sleep(downMs);
  await server.start();
  return `stopped at once, back after ${seconds(downMs)}`;
};

const freeze: Strike = async (context, nth) => {
  const server = serverOf(context, nth);
  const ms = context.random.between(1_000, MAX_FROZEN_MS);
  try {
    server.freeze();
    await sleep(ms);
  } finally {
    // Also where only a part of it could be frozen.
    server.thaw();
  }
  return `frozen for ${seconds(ms)}`;
};

/** From some of the processes, or from all: those that reach it go on, or nobody does. */
const cut: Strike = async ({ stage, random }, nth) => {
  const members = random.shuffle(stage.members).slice(0, random.pick([1, 3, stage.members.length]));
  const links = members.flatMap(({ options }) => options.links.databases[nth] ?? []);
  const type = random.pick(['BlackHole', 'Refuse'] as const);
  const ms = random.between(1_000, MAX_CUT_MS);
  for (const link of links) link.become({ type });
  await sleep(ms);
  for (const link of links) link.heal();
  return `${type === 'Refuse' ? 'refused to' : 'a black hole to'} ${members.length} processes for ${seconds(ms)}`;
};

const STRIKES: Readonly<Record<Act, Strike>> = { kill, freeze, cut };

const faultOf = (server: ServerName, act: Act): Fault => ({
  place: act === 'cut' ? 'links' : 'postgres',
  strike: async (context) => `the PostgreSQL of ${server} ${await STRIKES[act](context, SERVER_NAMES.indexOf(server))}`,
});

/** Each server in turn, by each of them. */
export const SERVER_FAULTS: Readonly<Record<ServerFault, Fault>> = {
  'write-kill': faultOf('write', 'kill'),
  'write-freeze': faultOf('write', 'freeze'),
  'write-cut': faultOf('write', 'cut'),
  'saga-kill': faultOf('saga', 'kill'),
  'saga-freeze': faultOf('saga', 'freeze'),
  'saga-cut': faultOf('saga', 'cut'),
  'audit-kill': faultOf('audit', 'kill'),
  'audit-freeze': faultOf('audit', 'freeze'),
  'audit-cut': faultOf('audit', 'cut'),
};
