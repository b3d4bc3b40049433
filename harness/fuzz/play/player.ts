import type { GraphQLSchema } from 'graphql';
import type { Pool } from '../draw/pool.ts';
import type { Exchange } from '../lanes/exchange.ts';
import type { Lanes } from '../lanes/lanes.ts';
import type { Operation } from '../operation/operation.ts';
import { CLOSED, type Finding, type Judged, judge } from '../oracle/judge.ts';
import { walkAnswer } from '../oracle/walk.ts';
import type { Coverage } from './coverage.ts';
import { minimise } from './minimise.ts';
import type { Tally } from './tally.ts';

interface Parts {
  /** Lines of panier's log: they say where a defect is. */
  readonly log: () => readonly string[];
  readonly schema: GraphQLSchema;
  readonly lanes: Lanes;
  readonly pool: Pool;
  readonly tally: Tally;
  readonly coverage: Coverage;
}

/** They are about what came between: sent again, the operation alone would say nothing. */
const NOT_ALONE: ReadonlySet<string> = new Set([
  'two answers to one key',
  'a refusal changed something',
  'a refusal harmed what it named',
  'lanes answer differently',
  'closed together with others',
]);

/** More kinds of failures than that say nothing more. */
const MAX_MINIMISED = 25;
const MAX_LEAF = 300;

/** Sends operations, judges what comes, and learns from it. */
export class Player {
  readonly #parts: Parts;
  #minimised = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async play(operation: Operation): Promise<Judged> {
    const { lanes, tally, coverage } = this.#parts;
    const exchange = await lanes.send(operation);
    const judged = judge(operation, exchange);
    tally.add(operation, judged.outcome, exchange.ms);
    coverage.addDrawn(operation.drawn);
    if (operation.document !== null) this.#learn(operation, judged);
    for (const finding of judged.findings) await this.#check(operation, finding);
    return judged;
  }

  /** Keeps a finding; the first of its kind with the smallest operation that has it. */
  async report(operation: Operation, finding: Finding): Promise<void> {
    const { tally, log } = this.#parts;
    if (!tally.isNews(operation, finding)) return;
    const failure = tally.fail(operation, { ...finding, detail: `${finding.detail}${placeIn(log(), finding)}` });
    console.error(`! ${finding.rule}: ${operation.roots.join(' ')} (operation ${operation.index})`);
    if (NOT_ALONE.has(finding.rule)) return;
    if ((this.#minimised += 1) <= MAX_MINIMISED) tally.replace(failure, await this.#smallest(operation, finding));
  }

  /** A WebSocket that is closed takes along what else is on it: what would have been answered alone is not to blame. */
  async #check(operation: Operation, finding: Finding): Promise<void> {
    if (finding.rule !== CLOSED || operation.lane !== 'ws') return this.report(operation, finding);
    const alone = await this.#parts.lanes.sendAlone(operation);
    const rule = alone.closed === null ? 'closed together with others' : CLOSED;
    return this.report(operation, { ...finding, rule });
  }

  async #smallest(operation: Operation, { rule, detail }: Finding) {
    const { lanes } = this.#parts;
    let answer: string | null = null;
    const smallest = await minimise(operation, async (candidate) => {
      const exchange = await lanes.sendAlone(candidate);
      const fails = judge(candidate, exchange).findings.some((found) => found.rule === rule);
      if (fails) answer = describe(exchange);
      return fails;
    });
    return { operation: smallest, again: answer ?? `Not when it was sent again, alone: ${detail.slice(0, 300)}` };
  }

  #learn({ document }: Operation, { replies }: Judged): void {
    const { schema, pool, coverage } = this.#parts;
    if (document === null) return;
    for (const reply of replies) {
      if (reply.type === 'Malformed') continue;
      walkAnswer({ schema, document, data: reply.data }, (visit) => {
        coverage.addAnswered(visit);
        const { field, value, owner } = visit;
        const isLeaf = typeof value === 'string' || typeof value === 'number';
        if (isLeaf && String(value).length <= MAX_LEAF) pool.add({ field, value: String(value), owner });
      });
    }
  }
}

const describe = ({ status, answers, closed }: Exchange): string =>
  [status === null ? '' : `${status}`, closed ?? '', answers[0]?.slice(0, 400) ?? '']
    .filter((part) => part !== '')
    .join(' ');

const CORRELATION_ID = /correlation id is ([\da-f-]{36})/;
const FRAME = /at [^\n"]*?(?:src|node_modules)[^\n")]*/g;

/** Where in the source a defect was thrown, as the log says it. */
const placeIn = (log: readonly string[], { detail }: Finding): string => {
  const [, id] = CORRELATION_ID.exec(detail) ?? [];
  const line = id === undefined ? undefined : log.findLast((each) => each.includes(id));
  if (line === undefined) return '';
  const message = /"message":"(.{0,160})/.exec(line)?.[1] ?? '';
  const frames = (line.replaceAll('\\n', '\n').match(FRAME) ?? [])
    .filter((frame) => frame.includes('src/'))
    .slice(0, 3);
  return `\n    log ${message} ${frames.map((frame) => frame.replace(/\(?file:\/\/.*\/src\//, 'src/')).join(' < ')}`;
};
