import { sleep } from '../../../src/platform/index.ts';
import type { Lanes } from '../lanes/lanes.ts';
import { BEYOND_LIMITS, PASSING } from '../oracle/codes.ts';
import type { Finding } from '../oracle/judge.ts';
import { UNREADABLE } from '../stage/dead-letters.ts';
import type { Stage } from '../stage/stage.ts';
import { askOperator } from './ask.ts';
import type { Tally } from './tally.ts';

const REST_PATIENCE_MS = 60_000;
const POLL_MS = 500;
const MAX_ROUNDS = 20;
const MAX_PASSING_SHARE = 0.01;
/** Of each, honest or not: enough of what is asked has to be answered. */
const MAX_BEYOND_SHARE = 0.02;
/** What caches of documents and of aggregates may hold. */
const MAX_GROWTH_BYTES = 96 * 1024 * 1024;

const OPEN = `{ orders(first: 5, status: [PENDING, AWAITING_PAYMENT, COMPENSATING]) { edges { node { id status } } } }`;
const LETTERS = `{ deadLetters(first: 100) { edges { node { id error fields { name value } } } } }`;
const DISCARD = `mutation ($id: ID!) { discardDeadLetter(input: { id: $id, reason: "an entry of the run's own" }) { __typename } }`;

interface Node {
  readonly id: string;
  readonly status?: string;
  readonly error?: string;
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
}

interface Edges {
  readonly edges: readonly { readonly node: Node }[];
}

const nodesOf = async (lanes: Lanes, query: string, field: string): Promise<readonly Node[]> => {
  const data = await askOperator(lanes, query);
  return ((data[field] as Edges | undefined)?.edges ?? []).map(({ node }) => node);
};

const isOwn = ({ fields = [] }: Node): boolean => fields.some(({ value }) => value.startsWith(UNREADABLE));

/** Entries that nobody can read were the run's own: they are put away before `verify` looks. Returns the other ones. */
const discardDeadLetters = async (lanes: Lanes): Promise<readonly Node[]> => {
  for (let round = 0; ; round += 1) {
    const letters = await nodesOf(lanes, LETTERS, 'deadLetters');
    const own = letters.filter(isOwn);
    if (own.length === 0 || round === MAX_ROUNDS) return letters.filter((letter) => !isOwn(letter));
    for (const { id } of own) await askOperator(lanes, DISCARD, { id });
    await sleep(POLL_MS);
  }
};

/** Waits until every order is over; those that are not, when patience ends. */
export const ordersLeft = async (lanes: Lanes): Promise<readonly string[]> => {
  const deadline = performance.now() + REST_PATIENCE_MS;
  for (;;) {
    const left = await nodesOf(lanes, OPEN, 'orders');
    if (left.length === 0 || performance.now() > deadline) return left.map(({ id, status }) => `${id} ${status}`);
    await sleep(POLL_MS);
  }
};

const tooMany = (tally: Tally, codes: ReadonlySet<string>, share: number): readonly Finding[] =>
  [...codes].flatMap((code) => {
    const times = tally.count(code);
    const isMuch = times > tally.operations * share;
    return isMuch ? [{ rule: `too many ${code}`, detail: `${times} of ${tally.operations}` }] : [];
  });

/** The rules that are broken, and by what. */
const brokenIn = (output: string): string =>
  output
    .split('\n')
    .filter((line) => !/^ok |^ ?\d+\/\d+ /.test(line))
    .join('\n');

interface Ending {
  readonly stage: Stage;
  readonly lanes: Lanes;
  readonly tally: Tally;
  readonly heapBefore: number;
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

/** What has to hold when nothing is asked any more; and what there is to be told. */
export const end = async ({ stage, lanes, tally, heapBefore }: Ending) => {
  const findings: Finding[] = [
    ...tooMany(tally, PASSING, MAX_PASSING_SHARE),
    ...tooMany(tally, BEYOND_LIMITS, MAX_BEYOND_SHARE),
  ];
  const ended = stage.ended();
  if (ended !== null) return { findings: [...findings, { rule: 'the process ended', detail: ended }], told: [] };
  for (const { id, error, fields } of await discardDeadLetters(lanes))
    findings.push({
      rule: 'an honest entry became a dead letter',
      detail: `${id}: ${error} ${JSON.stringify(fields)}`,
    });
  for (const order of await ordersLeft(lanes)) findings.push({ rule: 'an order without end', detail: order });
  const { isSound, output } = await stage.verify();
  if (!isSound) findings.push({ rule: 'verify finds something', detail: brokenIn(output) });
  const heapAfter = await stage.heapBytes();
  if (heapAfter - heapBefore > MAX_GROWTH_BYTES)
    findings.push({
      rule: 'memory is not back',
      detail: `${megabytes(heapBefore)} before, ${megabytes(heapAfter)} after`,
    });
  return {
    findings,
    told: [
      `heap ${megabytes(heapBefore)} before, ${megabytes(heapAfter)} after; verify: ${isSound ? 'sound' : 'BROKEN'}`,
    ],
  };
};
