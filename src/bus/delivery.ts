import { isPassingDatabaseError } from '../database/index.ts';
import { DecodeError, type Recorded } from '../events/index.ts';
import { Unavailable } from '../platform/index.ts';
import { type Forgeries, forgeryOf } from './forgeries.ts';
import { type Decode, decodeAlone } from './shared-entries.ts';
import type { StreamEntry } from './stream-group.ts';

/** Handles a whole delivery, in one transaction or by steps that are each idempotent. Throws when it could not. */
export type Handle = (batch: readonly Recorded[]) => Promise<void>;

export interface Handling {
  readonly handle: Handle;
  /** Looks for what is not to be handled; without it every name is believed. */
  readonly forgeries?: Forgeries;
  /** Whether the group does something with an event, and so is traced with it; by default with all. */
  readonly concerns?: (recorded: Recorded) => boolean;
}

/** What became of one entry of a delivery. */
export type Outcome =
  | { readonly type: 'Done' }
  /** Left pending; delivered again after its idle time. */
  | { readonly type: 'Retry'; readonly error: unknown }
  /** It will never be understood, however often it is delivered. */
  | { readonly type: 'Malformed'; readonly error: unknown };

export type Outcomes = ReadonlyMap<StreamEntry, Outcome>;

type Readable = readonly (readonly [StreamEntry, Recorded])[];

/** Entries as they were delivered: those that can be handled, and what has become of the others. */
export interface Delivery {
  readonly entries: readonly StreamEntry[];
  readonly readable: Readable;
  readonly others: Outcomes;
}

const DONE: Outcome = { type: 'Done' };
/** A transaction's length is bounded. */
const MOST_AT_ONCE = 1_000;

/** Whether waiting and trying the same again is the remedy: the fault lies with what the handler needs, not with the entry. */
export const isPassing = (error: unknown): boolean => error instanceof Unavailable || isPassingDatabaseError(error);

/** Reads what was delivered. An entry that was deleted while it was pending is only to be settled. */
export const readDelivery = (entries: readonly StreamEntry[], decode: Decode = decodeAlone): Delivery => {
  const others = new Map<StreamEntry, Outcome>();
  const readable: (readonly [StreamEntry, Recorded])[] = [];
  for (const entry of entries) {
    const read = isGone(entry) ? null : tryDecode(entry, decode);
    if (read === null) others.set(entry, DONE);
    else if (read instanceof DecodeError) others.set(entry, { type: 'Malformed', error: read });
    else readable.push([entry, read]);
  }
  return { entries, readable, others };
};

/** The delivery without what others say in the name of panier's own: nobody believes that. */
const withoutForgeries = async (delivery: Delivery, forgeries: Forgeries): Promise<Delivery> => {
  const { entries, readable } = delivery;
  const forged = await forgeries(readable.map(([, recorded]) => recorded));
  if (forged.size === 0) return delivery;
  const isForged = ([, recorded]: Readable[number]): boolean => forged.has(recorded);
  const others = new Map(delivery.others);
  for (const [entry, recorded] of readable.filter(isForged))
    others.set(entry, { type: 'Malformed', error: forgeryOf(recorded) });
  return { entries, readable: readable.filter((each) => !isForged(each)), others };
};

/**
 * Runs the handler over a delivery, a thousand entries at a time. When it fails, the halves are tried, and theirs, so that
 * one entry that cannot be handled does not hold up the others. @throws what is passing; then nothing is known of the
 * delivery, and all of it is tried again.
 */
export const handleDelivery = async ({ readable, others }: Delivery, handle: Handle): Promise<Outcomes> => {
  const outcomes = new Map(others);
  for (let from = 0; from < readable.length; from += MOST_AT_ONCE) {
    const together = readable.slice(from, from + MOST_AT_ONCE);
    for (const [entry, outcome] of await run(together, handle)) outcomes.set(entry, outcome);
  }
  return outcomes;
};

/** What becomes of each entry of a delivery. @throws what is passing, as {@link handleDelivery}. */
export const outcomesOf = async (delivery: Delivery, { handle, forgeries }: Handling): Promise<Outcomes> =>
  handleDelivery(forgeries === undefined ? delivery : await withoutForgeries(delivery, forgeries), handle);

const isGone = ({ fields }: StreamEntry): boolean => fields.length === 0;

const tryDecode = (entry: StreamEntry, decode: Decode): Recorded | DecodeError => {
  try {
    return decode(entry);
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
};

const run = async (readable: Readable, handle: Handle): Promise<readonly (readonly [StreamEntry, Outcome])[]> => {
  try {
    await handle(readable.map(([, recorded]) => recorded));
    return readable.map(([entry]) => [entry, DONE] as const);
  } catch (error) {
    if (isPassing(error)) throw error;
    if (readable.length === 1) return readable.map(([entry]) => [entry, { type: 'Retry', error }] as const);
    const middle = readable.length >> 1;
    const first = await run(readable.slice(0, middle), handle);
    return [...first, ...(await run(readable.slice(middle), handle))];
  }
};
