import { sleep } from '../../platform/index.ts';
import type { Client } from '../client.ts';
import type { Line, Scenario } from './scenarios.ts';
import { readProduct } from './shelf.ts';
import type { Numbers } from './stock-watch.ts';
import { DemoFailure } from './within.ts';

/** What happened to the stock of one line of an order. */
export interface StockAudit {
  readonly before: Numbers;
  /** While the order held it, if that was seen. */
  readonly held: Numbers | null;
  readonly after: Numbers;
  readonly problems: readonly string[];
}

interface Movement {
  readonly line: Line;
  readonly ending: Scenario['ending'];
  readonly before: Numbers;
  /** The numbers seen since. */
  readonly later: readonly Numbers[];
}

const SETTLE_MS = 5_000;
const POLL_MS = 20;

const expectedAfter = ({ line: { quantity }, ending, before: { available, reserved, sold } }: Movement): Numbers =>
  ending.status === 'CONFIRMED'
    ? { available: available - quantity, reserved, sold: sold + quantity }
    : { available, reserved, sold };

const isSame = (one: Numbers, other: Numbers): boolean =>
  one.available === other.available && one.reserved === other.reserved && one.sold === other.sold;

/** The numbers that are expected or, when they do not come in time, those that are there. */
const settled = async (client: Client, id: string, expected: Numbers): Promise<Numbers> => {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const numbers = await readProduct(client, id);
    if (numbers === null) throw new DemoFailure(`${id} is gone`);
    if (isSame(numbers, expected) || performance.now() > deadline) return numbers;
    await sleep(POLL_MS);
  }
};

const inWords = ({ available, reserved, sold }: Numbers): string =>
  `${available} available, ${reserved} reserved, ${sold} sold`;

/** Waits for the stock to settle, and compares it with what the order's end has to make of it. */
export const auditStock = async (client: Client, movement: Movement): Promise<StockAudit> => {
  const { line, ending, before, later } = movement;
  const expected = expectedAfter(movement);
  const after = await settled(client, line.product.id, expected);
  const held = later.find(({ reserved }) => reserved > before.reserved) ?? null;
  const problems: string[] = [];
  if (!isSame(after, expected))
    problems.push(`${line.product.name}: ${inWords(expected)} expected, ${inWords(after)} found`);
  if (held !== null && ending.status === 'REJECTED') problems.push(`${line.product.name} was held: ${inWords(held)}`);
  return { before, held, after, problems };
};
