import { isPassingDatabaseError } from '../database/index.ts';
import { DecodeError, decodeEntry, type Recorded } from '../events/index.ts';
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

const DONE: Outcome = { type: 'Done' };

/** Whether waiting and trying the same again is the remedy: the fault lies with what the handler needs, not with the entry. */
export const isPassing = (error: unknown): boolean => error instanceof Unavailable || isPassingDatabaseError(error);

/**
 * Runs the handler over a delivery. When it fails, each entry is tried alone, so that one that cannot be handled does
 * not hold up the others. @throws what is passing; then nothing is known of the delivery, and all of it is tried again.
 */
export const processBatch = async (
  stream: string,
  entries: readonly StreamEntry[],
  handle: Handle,
): Promise<Outcomes> => {
  const outcomes = new Map<StreamEntry, Outcome>();
  const readable: (readonly [StreamEntry, Recorded])[] = [];
  for (const entry of entries) {
    const read = isGone(entry) ? null : tryDecode(stream, entry);
    if (read === null) outcomes.set(entry, DONE);
    else if (read instanceof DecodeError) outcomes.set(entry, { type: 'Malformed', error: read });
    else readable.push([entry, read]);
  }
  for (const [entry, outcome] of await runTogether(readable, handle)) outcomes.set(entry, outcome);
  return outcomes;
};

/** It was deleted while it was pending: what it held is not on the stream any more, and it is only to be settled. */
const isGone = ({ fields }: StreamEntry): boolean => fields.length === 0;

const tryDecode = (stream: string, entry: StreamEntry): Recorded | DecodeError => {
  try {
    return decodeEntry(stream, entry.fields);
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
};

type Readable = readonly (readonly [StreamEntry, Recorded])[];

const runTogether = async (
  readable: Readable,
  handle: Handle,
): Promise<readonly (readonly [StreamEntry, Outcome])[]> => {
  if (readable.length === 0) return [];
  try {
    await handle(readable.map(([, recorded]) => recorded));
    return readable.map(([entry]) => [entry, DONE] as const);
  } catch (error) {
    if (isPassing(error)) throw error;
    if (readable.length === 1) return readable.map(([entry]) => [entry, { type: 'Retry', error }] as const);
    return runAlone(readable, handle);
  }
};

const runAlone = async (readable: Readable, handle: Handle): Promise<readonly (readonly [StreamEntry, Outcome])[]> => {
  const outcomes: (readonly [StreamEntry, Outcome])[] = [];
  for (const one of readable) outcomes.push(...(await runTogether([one], handle)));
  return outcomes;
};
