import type { ProductRows } from '../read-store.ts';
import { latest, type ProductState, type Upserted } from './product.ts';

type Descriptions = ReadonlyMap<string, Upserted>;

const latestOf = (descriptions: readonly Upserted[]): Descriptions => {
  const byProduct = Map.groupBy(descriptions, ({ envelope }) => envelope.aggregateId);
  return new Map([...byProduct].flatMap(([id, each]) => [[id, latest(each)] as const]).filter(isPresent));
};

const isPresent = (entry: readonly [string, Upserted | undefined]): entry is readonly [string, Upserted] =>
  entry[1] !== undefined;

interface Heard {
  readonly heard: readonly Upserted[];
  /** The position of the last event that is taken into account. */
  readonly upTo: bigint;
}

/** Two services may have given two descriptions the same version: all of that version are asked for, and the latest taken. */
const settleTies = async <T>(tx: T, rows: ProductRows<T>, { heard: tied, upTo }: Heard): Promise<Descriptions> => {
  if (tied.length === 0) return new Map();
  const places = tied.map(({ envelope }) => ({ id: envelope.aggregateId, version: envelope.version ?? 0 }));
  return latestOf(await rows.descriptionsAt(tx, places, upTo));
};

/** Which of a batch's descriptions are to stand, by product; those that the product's row outdates are left out. */
export const newDescriptions = async <T>(
  tx: T,
  rows: ProductRows<T>,
  { heard, upTo, products }: Heard & { readonly products: ReadonlyMap<string, ProductState> },
): Promise<Descriptions> => {
  const lead = ({ envelope }: Upserted): number =>
    (envelope.version ?? 0) - (products.get(envelope.aggregateId)?.upsertedVersion ?? 0);
  const candidates = [...latestOf(heard).values()];
  const settled = await settleTies(tx, rows, { heard: candidates.filter((each) => lead(each) === 0), upTo });
  const newer = candidates.filter((each) => lead(each) > 0);
  return new Map([...settled, ...newer.map((each) => [each.envelope.aggregateId, each] as const)]);
};
