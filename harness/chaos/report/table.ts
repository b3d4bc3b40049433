import type { Violation } from '../verdict/index.ts';
import type { Result } from './result.ts';

const MAX_SHOWN = 12;
const MAX_TRAIL = 16;
const MAX_LINE = 1_000;

type Row = readonly [name: string, value: string];

/** Seconds with one digit; a dash for none. */
export const duration = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1_000).toFixed(1)} s`);

const counts = (record: Readonly<Record<string, number>>): string =>
  Object.entries(record)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';

const loadOf = ({ load: { mutationsPerSecond, shoppers, isAtLimit } }: Result): string =>
  `${mutationsPerSecond.toFixed(0)} mutations/s with ${shoppers} shoppers${isAtLimit ? ': the limit of this machine' : ''}`;

const happenedText = ({ happened: { outOfStock, late, groupsMadeAgain } }: Result): string =>
  `${outOfStock} out of stock, ${late} answers too late for their order, ${groupsMadeAgain} groups made again`;

const foreignRows = ({ foreign }: Result): readonly Row[] => {
  if (foreign === null) return [];
  const { taken, givenBack, refused, repeated, troubled } = foreign;
  const calls = `${taken} lines taken, ${givenBack} given back, ${refused} refused`;
  return [['inventory elsewhere', `${calls}; ${repeated} calls made again, ${troubled} in trouble`]];
};

const partitionRows = ({ partitions }: Result): readonly Row[] =>
  partitions.every((number) => number === 1) ? [] : [['partitions', partitions.join(', then ')]];

const spreadText = ({ p50, max }: Result['recoveryMs']): string => `p50 ${duration(p50)}, max ${duration(max)}`;

const recoveryRows = ({ recoveryMs, recoveryMsByKind, struck }: Result): readonly Row[] => {
  const lost = struck.filter(({ recoveredAfterMs }) => recoveredAfterMs === null).length;
  const byKind = Object.entries(recoveryMsByKind).map(([kind, spread]): Row => [`  ${kind}`, spreadText(spread)]);
  return [['recovery', `${spreadText(recoveryMs)}${lost > 0 ? `, ${lost} not in time` : ''}`], ...byKind];
};

const rowsOf = (result: Result): readonly Row[] => {
  const {
    operations: { ok, rejected, failed, unknown },
    subscriptions,
    probed,
  } = result;
  return [
    [
      'seed',
      `${result.seed} (${result.workload}, ${result.inventory}, ${result.minutes} min, faults: ${result.faults.join(',') || 'none'})`,
    ],
    [
      'operations',
      `${ok} ok, ${rejected} rejected, ${failed} failed, ${unknown} unknown at first, ${result.unresolved} for good`,
    ],
    ['before the first fault', loadOf(result)],
    ['faults', counts(result.faultsByKind)],
    ...partitionRows(result),
    ['orders', counts(result.orders)],
    ['events checked', `${result.events} (${result.entries} entries on the streams)`],
    ['delivered twice', String(result.deliveredTwice)],
    ['claims', String(result.claims)],
    ['compensations', String(result.compensations)],
    ['also happened', happenedText(result)],
    ...foreignRows(result),
    [
      'subscriptions',
      `${subscriptions.watched} orders, ${subscriptions.connections} connections, ${subscriptions.updates} updates`,
    ],
    ['probed', `${probed.tried} questions about carts and orders, ${probed.toldOwner} of them answered to the owner`],
    ...recoveryRows(result),
    ['at rest', `${duration(result.quietAfterMs)} after everything was healed`],
    ['violations', String(result.violations.length)],
  ];
};

const violationLines = ({ invariant, subject, message, trail }: Violation): readonly string[] => [
  `✗ ${invariant} ${subject}: ${message}`,
  ...trail.slice(0, MAX_TRAIL).map((line) => `    ${line.slice(0, MAX_LINE)}`),
];

/** The shortest trails first: they are the easiest to read. */
const shown = (violations: readonly Violation[]): readonly Violation[] =>
  [...Map.groupBy(violations, ({ invariant }) => invariant).values()]
    .flatMap((same) => same.toSorted((left, right) => left.trail.length - right.trail.length).slice(0, 3))
    .slice(0, MAX_SHOWN);

/** In a word: held, violated, or void and why. */
export const verdictOf = ({ violations, voidBecause, faults }: Result): string => {
  if (violations.length > 0) return 'violated';
  if (voidBecause.length > 0) return `void: ${voidBecause.join('; ')}`;
  return faults.length === 0 ? 'held, without faults: nothing had to be repeated or claimed' : 'held';
};

/** The whole result, for a person. */
export const tableOf = (result: Result): string => {
  const rows = rowsOf(result);
  const width = Math.max(...rows.map(([name]) => name.length));
  const hidden = result.violations.length - shown(result.violations).length;
  return [
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    '',
    ...result.failed.map(({ kind, message }) => `! a fault could not be injected: ${kind}: ${message}`),
    ...result.missed.map((kind) => `! a fault hit nothing: ${kind}`),
    ...shown(result.violations).flatMap(violationLines),
    ...(hidden > 0 ? [`  … and ${hidden} more`] : []),
    `  ${verdictOf(result)}`,
  ].join('\n');
};
