import type { BookEntry } from '../stripe/index.ts';
import type { Progress, Proof } from './prove.ts';
import { unknownForMs } from './verdict/evidence.ts';
import { RULES } from './verdict/rules.ts';

const MAX_SHOWN = 5;
const MINUTE_MS = 60_000;
/** A shop that confirms nothing breaks no rule. Some come too late, by faults of the provider. */
const LEAST_SOLD = 0.8;

type Row = readonly [name: string, value: string];

const countsOf = (counts: Iterable<readonly [string, number]>): string =>
  [...counts].map(([name, count]) => `${name} ${count}`).join(', ') || 'none';

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

export const faultsOf = ({ tally }: Pick<Proof, 'tally'>): number => sum(Object.values(tally.faults));

const entriesOf = ({ evidence }: Proof): readonly BookEntry[] => evidence.cases.flatMap(({ entries }) => entries);

const statusesOf = ({ evidence }: Proof): string => {
  const statuses = Map.groupBy(evidence.cases, ({ order }) => order?.status ?? 'unknown');
  return countsOf([...statuses].map(([status, cases]) => [status, cases.length] as const));
};

const booksOf = (proof: Proof): string => {
  const entries = entriesOf(proof);
  return countsOf([
    ['intents', entries.length],
    ['charges', sum(entries.map(({ charges }) => charges))],
    ['refunds', sum(entries.map(({ refunds }) => refunds))],
    ['disputes', sum(entries.map(({ disputes }) => disputes))],
    ['untold disputes', sum(entries.map(({ untoldDisputes }) => untoldDisputes))],
    ['foreign payments', proof.evidence.others.filter(({ isForeign }) => isForeign).length],
  ]);
};

const knownOf = ({ evidence }: Proof): string => {
  const sorted = evidence.cases.flatMap(unknownForMs).toSorted((left, right) => left - right);
  const at = (share: number): string => ((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) / 1_000).toFixed(2);
  const late = sorted.filter((ms) => ms > MINUTE_MS).length;
  return `p50 ${at(0.5)} s, p99 ${at(0.99)} s, max ${at(1)} s; ${late} after more than a minute`;
};

const rowsOf = (proof: Proof): readonly Row[] => {
  const { answered, unanswered } = proof.tally.deliveries;
  return [
    ['seed', String(proof.options.seed)],
    ['payments', String(proof.evidence.cases.length)],
    ['what customers did', countsOf(proof.plays)],
    ['faults', `${faultsOf(proof)} of ${proof.options.faults}`],
    ['', countsOf(Object.entries(proof.tally.faults))],
    ['panier was killed', `${proof.kills} times`],
    ['events', `${answered} taken, ${unanswered} attempts not`],
    ['asked again', `${proof.repeated} times, under the same key`],
    ['orders', statusesOf(proof)],
    ['just paid by card', `${proof.sales.wanted}, ${proof.sales.confirmed} of them confirmed`],
    ['the books', booksOf(proof)],
    ['charges were known', `after ${knownOf(proof)}`],
    [
      'took',
      `${proof.seconds.toFixed(0)} s, of them ${proof.settledAfterSeconds.toFixed(0)} s after the last customer`,
    ],
  ];
};

const WIDTH = 46;

const verdictLines = ({ verdicts }: Proof): readonly string[] =>
  verdicts.flatMap(({ rule, broken }) => [
    `${broken.length === 0 ? 'holds ' : 'BROKEN'}  ${rule.padEnd(WIDTH)} ${broken.length}`,
    ...broken.slice(0, MAX_SHOWN).map((each) => `          ${each}`),
  ]);

export const tableOf = (proof: Proof): string =>
  [
    ...rowsOf(proof).map(([name, value]) => `${name.padEnd(20)} ${value}`),
    '',
    ...verdictLines(proof),
    `${RULES.length} rules.`,
  ].join('\n');

export const progressLine = ({ customers, seconds, tally }: Progress, payments: number): string =>
  `${seconds.toFixed(0).padStart(5)} s  ${customers} of ${payments} customers, ` +
  `${(customers / seconds).toFixed(1)}/s, ${sum(Object.values(tally.faults))} faults`;

/** Why the run proves less than it says; empty when it does not. */
export const voidBecause = (
  proof: Pick<Proof, 'options' | 'evidence' | 'plays' | 'kills' | 'tally' | 'sales'>,
): readonly string[] => {
  const struck = faultsOf(proof);
  const { faults, payments, kills } = proof.options;
  const { wanted, confirmed } = proof.sales;
  const made = proof.evidence.cases.length + proof.evidence.refused.length;
  const unplayed = [...proof.plays].filter(([, count]) => count === 0).map(([name]) => name);
  return [
    ...(struck < faults ? [`Only ${struck} of ${faults} faults have struck.`] : []),
    ...(made < payments ? [`Only ${made} of ${payments} customers came.`] : []),
    ...(proof.kills < kills ? [`Panier was killed ${proof.kills} times only.`] : []),
    ...(confirmed < LEAST_SOLD * wanted ? [`Only ${confirmed} of ${wanted} who just paid by card were sold to.`] : []),
    ...(unplayed.length > 0 ? [`Nobody played: ${unplayed.join(', ')}.`] : []),
  ];
};
