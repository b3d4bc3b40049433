import type { Options } from './options.ts';
import type { Played } from './play.ts';
import {
  foreignFiguresOf,
  happenedIn,
  type Result,
  recoveryByKind,
  recoveryOf,
  unrecovered,
  voidReasons,
} from './report/index.ts';
import { answerOf, type Command, type Watch } from './shop/index.ts';
import { isToldOwner, judge } from './verdict/index.ts';

const LOSING = new Set([
  'aof-tail',
  'flushall',
  'failover',
  'damage',
  'cluster-kill',
  'cluster-loss',
  'cluster-cut',
  'cluster-freeze',
]);

const countBy = <T>(values: Iterable<T>, nameOf: (value: T) => string): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(values, nameOf)].map(([name, same]) => [name, same.length]));

const operationsOf = (commands: readonly Command[], unknown: number): Result['operations'] => {
  const answers = commands.map(answerOf);
  const rejected = answers.filter((answer) => answer?.__typename === 'Rejection').length;
  const ok = answers.filter((answer) => answer !== null).length - rejected;
  const failed = commands.filter(({ outcomes }) => outcomes.every(({ type }) => type === 'Refused')).length;
  return { ok, rejected, failed, unknown };
};

const subscriptionsOf = (watches: readonly Watch[]): Result['subscriptions'] => ({
  watched: watches.length,
  connections: watches.reduce((sum, { connections }) => sum + connections, 0),
  updates: watches.reduce((sum, { updates }) => sum + updates.length, 0),
});

/** The run in numbers, judged. */
export const resultOf = ({ seed, workload, inventory, minutes, faults }: Options, played: Played): Result => {
  const { evidence, schedule, observer, load, groupsBefore, unknownAtFirst, quietAfterMs, partitions } = played;
  const { store, commands, watches, probed, unresolved, models, foreign } = evidence;
  const { struck } = schedule;
  const stress = {
    struck,
    failed: schedule.failures,
    missed: schedule.missed,
    faultsByKind: countBy(struck, ({ kind }) => kind),
    happened: happenedIn(evidence, observer.totals.groupsMade - groupsBefore),
    probed: { tried: probed.length, toldOwner: probed.filter(isToldOwner).length },
    foreign: foreign === null ? null : foreignFiguresOf(foreign.history),
    load,
    deliveredTwice: observer.duplicates,
    claims: observer.totals.claims,
    compensations: store.filter(({ type, data }) => type === 'StockCompensated' && data.lines?.length !== 0).length,
  };
  const hasLostEntries = struck.some(({ kind }) => LOSING.has(kind));
  return {
    seed,
    workload,
    inventory,
    partitions,
    minutes,
    faults,
    operations: operationsOf(commands, unknownAtFirst),
    unresolved: unresolved.length,
    ...stress,
    orders: countBy(models.orders.values(), ({ status }) => status),
    events: store.length,
    entries: observer.entries,
    subscriptions: subscriptionsOf(watches),
    recoveryMs: recoveryOf(struck),
    recoveryMsByKind: recoveryByKind(struck),
    quietAfterMs,
    violations: [...judge(evidence, { hasLostEntries }), ...unrecovered(stress)],
    voidBecause: faults.length === 0 ? [] : voidReasons(stress),
  };
};
