import { rebuild } from '../../audit/index.ts';
import { openRedis } from '../../bus/index.ts';
import { openHomes } from '../../database/index.ts';
import { assertNever } from '../../platform/index.ts';
import { READ_MODELS, readProjections } from '../../read/index.ts';
import type { UpkeepStep } from '../runs/run.ts';
import { chosenChecks, VERIFY_CONNECTIONS, verify } from '../verification/verify.ts';
import { followReplay, followVerification } from './follow.ts';
import type { WorkSpec } from './spec.ts';

/** The rebuild's own session, one that reads ahead, one for each read model. */
const REPLAY_CONNECTIONS = 2 + READ_MODELS.length;

export interface WorkContext {
  readonly tell: (steps: readonly UpkeepStep[]) => void;
  readonly signal: AbortSignal;
}

const open = ({ addresses, name }: WorkSpec, maxConnections: number) =>
  openHomes(addresses, { name, maxConnections, readsWholeTables: true });

const verifyAll = async (spec: WorkSpec, { tell, signal }: WorkContext): Promise<void> => {
  if (spec.task.kind !== 'VERIFICATION') return;
  const { isSimulated, groups, redisUrl: url, redisTls: tls, redisPrefix: prefix } = spec;
  const { fold, graceSeconds, pauseSeconds } = spec.task;
  await using opened = new AsyncDisposableStack();
  const { at } = opened.use(open(spec, VERIFY_CONNECTIONS));
  const server = { url, tls, prefix, ownership: null };
  const redis = opened.adopt(openRedis(server), (connection) => connection.disconnect());
  const checks = chosenChecks({ fold, isSimulated });
  const following = followVerification(checks, tell);
  await verify({ at, redis, groups, checks, graceSeconds, pauseMs: pauseSeconds * 1_000, signal, ...following });
};

const replay = async (spec: WorkSpec, { tell, signal }: WorkContext): Promise<void> => {
  if (spec.task.kind !== 'REPLAY') return;
  await using homes = open(spec, REPLAY_CONNECTIONS);
  const { dryRun } = spec.task;
  const following = followReplay(dryRun, tell);
  // Who starts it does not choose which process carries it out: beside newer ones, that may be one of an older version.
  const how = { dryRun, laterVersions: 'Refused' } as const;
  await rebuild({ db: homes.at('audit').db, projections: readProjections, ...how, signal, ...following });
};

/** Carries out a run, on connections of its own. @throws what ended it before its end, the signal's reason included */
export const workOff = (spec: WorkSpec, context: WorkContext): Promise<void> => {
  const { kind } = spec.task;
  switch (kind) {
    case 'VERIFICATION':
      return verifyAll(spec, context);
    case 'REPLAY':
      return replay(spec, context);
  }
  return assertNever(kind);
};
