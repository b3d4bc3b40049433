import { isPassingDatabaseError } from '../database/index.ts';
import { DecodeError, decodeEntry, type Recorded, type Stream } from '../events/index.ts';
import { Unavailable } from '../platform/index.ts';
import type { StreamEntry } from './stream-group.ts';

/** Handles a whole delivery, in one transaction or by steps that are each idempotent. Throws when it could not. */
export type Handle = (batch: readonly Recorded[]) => Promise<void>;

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

/** Whether waiting and trying the same again is the remedy: the fault lies with what the handler needs, not with the entry. */
export const isPassing = (error: unknown): boolean => error instanceof Unavailable || isPassingDatabaseError(error);

/** Reads what was delivered. An entry that was deleted while it was pending is only to be settled. */
export const readDelivery = (stream: Stream, entries: readonly StreamEntry[]): Delivery => {
  const others = new Map<StreamEntry, Outcome>();
  const readable: (readonly [StreamEntry, Recorded])[] = [];
  for (const entry of entries) {
    const read = isGone(entry) ? null : tryDecode(stream, entry);
    if (read === null) others.set(entry, DONE);
    else if (read instanceof DecodeError) others.set(entry, { type: 'Malformed', error: read });
    else readable.push([entry, read]);
  }
  return { entries, readable, others };
};

/**
 * Runs the handler over a delivery. When it fails, the halves are tried, and theirs, so that one entry that cannot be
 * handled does not hold up the others. @throws what is passing; then nothing is known of the delivery, and all of it is
 * tried again.
 */
export const handleDelivery = async ({ readable, others }: Delivery, handle: Handle): Promise<Outcomes> =>
  new Map([...others, ...(await run(readable, handle))]);

const isGone = ({ fields }: StreamEntry): boolean => fields.length === 0;

const tryDecode = (stream: Stream, entry: StreamEntry): Recorded | DecodeError => {
  try {
    return decodeEntry(stream, entry.fields);
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
};

const run = async (readable: Readable, handle: Handle): Promise<readonly (readonly [StreamEntry, Outcome])[]> => {
  if (readable.length === 0) return [];
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
