import { sleep } from '../../../src/platform/index.ts';
import type { Lanes } from '../lanes/lanes.ts';
import { type Generator as Generating, generate } from '../operation/generate.ts';
import { LANES, type Operation } from '../operation/operation.ts';
import type { Judged } from '../oracle/judge.ts';
import type { Reply } from '../oracle/reply.ts';
import { jsonOf, object } from '../value.ts';
import { askOperator, operationOf } from './ask.ts';
import { ordersLeft } from './ending.ts';
import type { Player } from './player.ts';

export interface Relating {
  readonly player: Player;
  readonly lanes: Lanes;
  readonly generator: Generating;
}

/** Numbers of operations that the storm never reaches. */
const FIRST_INDEX = 1_000_000_000;
const QUERIES = 60;
const COMMANDS_MS = 20_000;
/** A recorded event is in the event store by then, when nothing else is under way. */
const SETTLE_MS = 60;

const NEWEST = '{ events(last: 1) { edges { cursor node { type aggregateId } } } }';

const newest = async (lanes: Lanes): Promise<string> => JSON.stringify(await askOperator(lanes, NEWEST));

const untilQuiet = async (lanes: Lanes): Promise<string> => {
  await ordersLeft(lanes);
  for (let before = await newest(lanes); ; ) {
    await sleep(SETTLE_MS);
    const now = await newest(lanes);
    if (now === before) return now;
    before = now;
  }
};

interface Wanted {
  readonly type: Operation['type'];
  readonly count: number;
  readonly step: 1 | 2;
}

function* operations(generator: Generating, { type, count, step }: Wanted): Generator<Operation> {
  let left = count;
  for (let index = FIRST_INDEX; left > 0; index += step) {
    const operation = generate(generator, index);
    if (operation.type !== type) continue;
    left -= 1;
    yield operation;
  }
}

const saying = (reply: Reply | undefined): string => {
  if (reply === undefined) return 'nothing';
  if (reply.type === 'Malformed') return reply.why;
  return JSON.stringify({ data: reply.data ?? null, codes: reply.errors.map(({ code }) => code) });
};

/** A query is answered alike on every lane when nothing changes. */
const compareLanes = async (relating: Relating): Promise<void> => {
  const { player } = relating;
  for (const operation of operations(relating.generator, { type: 'query', count: QUERIES, step: 1 })) {
    const said = new Map<string, string>();
    // A path of a URL cannot say half a surrogate pair.
    const lanesOf = operation.text.isWellFormed() ? LANES : LANES.filter((lane) => lane !== 'get');
    for (const lane of lanesOf) {
      const { replies } = await player.play({ ...operation, lane });
      said.set(saying(replies[0]), lane);
    }
    if (said.size === 1) continue;
    const detail = [...said].map(([answer, lane]) => `${lane}: ${answer.slice(0, 200)}`).join(' | ');
    await player.report(operation, { rule: 'lanes answer differently', detail });
  }
};

const isRefusal = (result: unknown): boolean =>
  result === null ||
  (typeof result === 'object' && '__typename' in result && String(result.__typename).endsWith('Error'));

/** Whether every command of the operation was refused, be it by its types or by the shop. */
const isRefused = ({ replies }: Judged): boolean =>
  replies.every((reply) => reply.type === 'Reply' && Object.values(reply.data ?? {}).every(isRefusal));

/** Ids where another is meant: what is refused must not have touched the thing that the id does name. */
const TRESPASSES: ReadonlySet<string> = new Set(['cartId', 'orderId', 'productId', 'deadLetterId']);
const NAMES_SOMETHING = /(\.id|Id)$/;

/** A command that loads the thing and does nothing to it: by the prefix of its id. */
const TOUCHES: Readonly<Record<string, string>> = {
  cart: 'mutation ($id: ID!) { removeCartItem(input: { cartId: $id, cartItemId: "none" }) { __typename } }',
  order: 'mutation ($id: ID!) { payOrder(input: { orderId: $id, paymentMethod: "none" }) { __typename } }',
  prod: 'mutation ($id: ID!) { adjustStock(input: { productId: $id, delta: -1000000 }) { __typename } }',
  dead: 'mutation ($id: ID!) { retryDeadLetter(input: { id: $id, idempotencyKey: "touch" }) { __typename } }',
};

const idsIn = ({ text, variables }: Operation): ReadonlySet<string> =>
  new Set(`${text} ${jsonOf(object(variables))}`.match(/\b(?:cart|order|prod|dead)_\w+/g) ?? []);

/** Whatever a refused command named can be commanded as before. */
const touchAll = async ({ player }: Relating, refused: Operation): Promise<void> => {
  for (const id of idsIn(refused)) {
    const touch = TOUCHES[id.slice(0, id.indexOf('_'))];
    if (touch === undefined) continue;
    const judged = await player.play(operationOf(touch, { id }, 'post'));
    const detail = `${id}: ${judged.outcome}`;
    if (judged.findings.length > 0) await player.report(refused, { rule: 'a refusal harmed what it named', detail });
  }
};

const trespassing = ({ generator }: Relating): Generating => ({
  ...generator,
  targets: generator.targets.filter(
    ({ type, kind, coordinate }) => type === 'mutation' && TRESPASSES.has(kind) && NAMES_SOMETHING.test(coordinate),
  ),
});

/** A command that is refused records nothing, and harms nothing. */
const checkRefusals = async (relating: Relating): Promise<void> => {
  const { lanes, player } = relating;
  let before = await untilQuiet(lanes);
  const deadline = performance.now() + COMMANDS_MS;
  const generator = trespassing(relating);
  const { length: count } = generator.targets;
  // Every other operation has a target.
  for (const made of operations(generator, { type: 'mutation', count, step: 2 })) {
    if (performance.now() > deadline) return;
    if (made.hostile.size === 0 || made.roots.length > 1) continue;
    const operation = { ...made, viewer: null };
    if (isRefused(await player.play(operation))) {
      await sleep(SETTLE_MS);
      const after = await newest(lanes);
      const detail = `${before} then ${after}`;
      if (after !== before) await player.report(operation, { rule: 'a refusal changed something', detail });
      await touchAll(relating, operation);
    }
    before = await untilQuiet(lanes);
  }
};

/** What has to hold between operations, looked at when all has come to rest. */
export const compareRelations = async (relating: Relating): Promise<void> => {
  await untilQuiet(relating.lanes);
  await compareLanes(relating);
  await checkRefusals(relating);
};
