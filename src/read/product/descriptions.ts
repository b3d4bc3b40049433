import type { AtVersion } from '../../projection/index.ts';
import { latest, type ProductState, type Upserted } from './product.ts';

type Descriptions = ReadonlyMap<string, Upserted>;

/** Descriptions of products with just these versions, of those that the event store holds up to a position. */
export type AskDescriptions = (places: readonly AtVersion[], upTo: bigint) => Promise<readonly Upserted[]>;

const latestOf = (descriptions: readonly Upserted[]): Descriptions => {
  const byProduct = Map.groupBy(descriptions, ({ envelope }) => envelope.aggregateId);
  return new Map([...byProduct].flatMap(([id, each]) => [[id, latest(each)] as const]).filter(isPresent));
};

const isPresent = (entry: readonly [string, Upserted | undefined]): entry is readonly [string, Upserted] =>
  entry[1] !== undefined;

interface Received {
  readonly received: readonly Upserted[];
  /** The position of the last event that is taken into account. */
  readonly upTo: bigint;
}

/** Two descriptions may bear the same version: all of that version are asked for, and the latest taken. */
const settleTies = async (ask: AskDescriptions, { received: tied, upTo }: Received): Promise<Descriptions> => {
  if (tied.length === 0) return new Map();
  const places = tied.map(({ envelope }) => ({ id: envelope.aggregateId, version: envelope.version ?? 0 }));
  return latestOf(await ask(places, upTo));
};

/** Which of a batch's descriptions are to stand, by product; those that the product's row outdates are left out. */
export const newDescriptions = async (
  ask: AskDescriptions,
  { received, upTo, products }: Received & { readonly products: ReadonlyMap<string, ProductState> },
): Promise<Descriptions> => {
  const lead = ({ envelope }: Upserted): number =>
    (envelope.version ?? 0) - (products.get(envelope.aggregateId)?.upsertedVersion ?? 0);
  const candidates = [...latestOf(received).values()];
  const settled = await settleTies(ask, { received: candidates.filter((each) => lead(each) === 0), upTo });
  const newer = candidates.filter((each) => lead(each) > 0);
  return new Map([...settled, ...newer.map((each) => [each.envelope.aggregateId, each] as const)]);
};
