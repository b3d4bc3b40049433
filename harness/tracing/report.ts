import type { Options } from './options.ts';
import type { Proof } from './prove.ts';
import { RULES } from './verdict/index.ts';

const MAX_SHOWN = 5;
const WIDTH = 22;

type Row = readonly [name: string, value: string];

const countsOf = (counts: Iterable<readonly [string, number]>): string =>
  [...counts].map(([name, count]) => `${name} ${count}`).join(', ') || 'none';

const statusesOf = ({ evidence }: Proof): string =>
  countsOf([...Map.groupBy(evidence.orders, ({ status }) => status)].map(([status, { length }]) => [status, length]));

/** Spans in the traces of orders, an order. */
const spansAnOrder = ({ evidence: { orders, spans } }: Proof): number => {
  const traceIds = orders.map(
    ({ events }) => events.find(({ type }) => type === 'OrderCreated')?.traceparent?.slice(3, 35) ?? '',
  );
  return traceIds.reduce((sum, traceId) => sum + spans.trace(traceId).size, 0) / Math.max(1, orders.length);
};

const lossesOf = ({ evidence: { losses }, untouched }: Proof): readonly Row[] =>
  losses.kills === 0
    ? []
    : [
        ['processes cut off', `${losses.kills}, and ${losses.excused.size} spans with them`],
        ['orders beside none', `${untouched}, which all rules were held to`],
      ];

const rowsOf = (proof: Proof): readonly Row[] => {
  const { evidence, broken } = proof;
  const traces = [...evidence.spans.traceIds].length;
  return [
    ['orders', `${evidence.orders.length}: ${statusesOf(proof)}`],
    ['watched', `${evidence.orders.filter(({ isWatched }) => isWatched).length}`],
    ['traces', `${traces}; ${evidence.outside.size} of them begun by clients`],
    ['spans', `${evidence.spans.size}, ${spansAnOrder(proof).toFixed(1)} in the trace of an order`],
    ...lossesOf(proof),
    ['traces broken', `${new Set(broken.map(({ subject }) => subject)).size}`],
  ];
};

const ruleLines = (proof: Proof): readonly string[] =>
  RULES.flatMap((rule) => {
    const broken = proof.broken.filter((each) => each.rule === rule);
    const shown = broken.slice(0, MAX_SHOWN).map(({ subject, message }) => `          ${subject} ${message}`);
    return [`${broken.length === 0 ? 'holds ' : 'BROKEN'}  ${rule.padEnd(WIDTH)} ${broken.length}`, ...shown];
  });

const complaintsOf = ({ strayed, counted, refused, played }: Proof): readonly string[] => [
  ...strayed.slice(0, MAX_SHOWN),
  ...counted,
  ...refused.slice(0, MAX_SHOWN).map((why) => `the sink refused: ${why}`),
  ...played.complaints.slice(0, MAX_SHOWN),
];

export const tableOf = (proof: Proof): string =>
  [
    ...rowsOf(proof).map(([name, value]) => `${name.padEnd(WIDTH)} ${value}`),
    '',
    ...ruleLines(proof),
    ...complaintsOf(proof).map((complaint) => `BROKEN  ${complaint}`),
  ].join('\n');

export const isSound = ({ broken, strayed, counted, refused, played }: Proof): boolean =>
  broken.length + strayed.length + counted.length + refused.length + played.complaints.length === 0;

/** Why the run proves less than it says; empty when it does not. */
export const voidBecause = ({ evidence, played, untouched }: Proof, { orders, chaos }: Options): readonly string[] => [
  ...played.voidBecause,
  ...(chaos === null && evidence.orders.length < orders
    ? [`There are ${evidence.orders.length} of ${orders} orders.`]
    : []),
  ...(untouched === 0 ? ['No order was over without a process having been cut off beside it.'] : []),
];
