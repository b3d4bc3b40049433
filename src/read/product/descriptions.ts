import { CompiledQuery } from 'kysely';
import type { Tx } from '../../database/index.ts';
import { decodeEvent, type EventOf, type EventRow, envelopeOf } from '../../events/index.ts';
import { latest, type ProductState, type Upserted } from './product.ts';

const OF_VERSION = `
  select event.*
  from unnest($1::text[], $2::integer[]) as tied (id, version)
  join audit.event_store event on event.aggregate_id = tied.id and event.version = tied.version
  where event.type = 'ProductUpserted' and event.position <= $3::bigint`;

type Descriptions = ReadonlyMap<string, Upserted>;

const decoded = (row: EventRow): Upserted => {
  const envelope = envelopeOf(row);
  return { envelope, event: decodeEvent(envelope) as EventOf<'ProductUpserted'> };
};

const latestOf = (descriptions: readonly Upserted[]): Descriptions => {
  const byProduct = Map.groupBy(descriptions, ({ envelope }) => envelope.aggregateId);
  return new Map([...byProduct].flatMap(([id, each]) => [[id, latest(each)] as const]).filter(isPresent));
};

const isPresent = (entry: readonly [string, Upserted | undefined]): entry is readonly [string, Upserted] =>
  entry[1] !== undefined;

/** Two services may have given two descriptions the same version: all of that version are asked for, and the latest taken. */
const settleTies = async (tx: Tx, tied: readonly Upserted[], upTo: bigint): Promise<Descriptions> => {
  if (tied.length === 0) return new Map();
  const ids = tied.map(({ envelope }) => envelope.aggregateId);
  const versions = tied.map(({ envelope }) => envelope.version);
  const { rows } = await tx.executeQuery<EventRow>(CompiledQuery.raw(OF_VERSION, [ids, versions, String(upTo)]));
  return latestOf(rows.map(decoded));
};

/** Which of a batch's descriptions are to stand, by product; those that the product's row outdates are left out. */
export const newDescriptions = async (
  tx: Tx,
  products: ReadonlyMap<string, ProductState>,
  { heard, upTo }: { readonly heard: readonly Upserted[]; readonly upTo: bigint },
): Promise<Descriptions> => {
  const best = latestOf(heard);
  const lead = ({ envelope }: Upserted): number =>
    (envelope.version ?? 0) - (products.get(envelope.aggregateId)?.upsertedVersion ?? 0);
  const candidates = [...best.values()];
  const settled = await settleTies(
    tx,
    candidates.filter((each) => lead(each) === 0),
    upTo,
  );
  const newer = candidates.filter((each) => lead(each) > 0);
  return new Map([...settled, ...newer.map((each) => [each.envelope.aggregateId, each] as const)]);
};
