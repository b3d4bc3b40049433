import type { Client } from '../client.ts';
import type { Line, Scenario } from './scenarios.ts';
import { readUntil } from './shelf.ts';
import type { Numbers } from './stock-watch.ts';

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

const expectedAfter = ({ line: { quantity }, ending, before: { available, reserved, sold } }: Movement): Numbers =>
  ending.status === 'CONFIRMED'
    ? { available: available - quantity, reserved, sold: sold + quantity }
    : { available, reserved, sold };

const isSame = (one: Numbers, other: Numbers): boolean =>
  one.available === other.available && one.reserved === other.reserved && one.sold === other.sold;

const inWords = ({ available, reserved, sold }: Numbers): string =>
  `${available} available, ${reserved} reserved, ${sold} sold`;

/** Waits for the stock to settle, and compares it with what the order's end has to make of it. */
export const auditStock = async (client: Client, movement: Movement): Promise<StockAudit> => {
  const { line, ending, before, later } = movement;
  const expected = expectedAfter(movement);
  const after = await readUntil(client, line.product.id, (numbers) => isSame(numbers, expected));
  const held = later.find(({ reserved }) => reserved > before.reserved) ?? null;
  const problems: string[] = [];
  if (!isSame(after, expected))
    problems.push(`${line.product.name}: ${inWords(expected)} expected, ${inWords(after)} found`);
  if (held !== null && ending.status === 'REJECTED') problems.push(`${line.product.name} was held: ${inWords(held)}`);
  return { before, held, after, problems };
};
