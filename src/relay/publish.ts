import { type Partitioning, streamKey } from '../events/index.ts';
import { asSpan, type Cooldowns } from '../platform/index.ts';
import { type Mark, NO_MARK } from './mark.ts';
import type { MarkedStreams, OutboxSession, Publication, Queued, Unreadable } from './outbox.ts';
import { beginPublication, notePublication } from './publication-span.ts';
import type { Steps } from './steps.ts';

export interface Published {
  readonly events: number;
  /** Events put back into the outbox, because Redis had lost them. */
  readonly restored: number;
  /** What is held back from now on, with everything behind it on the same aggregate. */
  readonly unreadable: readonly Unreadable[];
  /** Streams that could not be written, and are left alone for a while. */
  readonly failed: readonly { readonly stream: string; readonly error: Error }[];
}

export interface Publishing {
  readonly partitioning: Partitioning;
  readonly streams: MarkedStreams;
  readonly steps: Steps<Step>;
  /** The mark that each stream is believed to have; kept up to date. */
  readonly marks: Map<string, Mark>;
  /** What is in the streams, and still in the outbox; kept up to date. */
  readonly unconfirmed: Publication[];
  readonly heldStreams: Cooldowns;
  readonly heldAggregates: Cooldowns;
}

export type Step =
  | { readonly publication: Publication }
  | { readonly restored: number }
  | { readonly failed: Published['failed'][number] };

const publishTo = async (
  stream: string,
  events: readonly Queued[],
  { outbox, streams, marks, heldStreams }: Publishing & { readonly outbox: OutboxSession },
): Promise<Step> => {
  const envelopes = events.map(({ envelope }) => envelope);
  const addition = { stream, after: marks.get(stream) ?? NO_MARK, envelopes };
  const added = await asSpan(beginPublication(addition), () => streams.add(addition), notePublication);
  if (added.type === 'Failed') {
    heldStreams.start(stream);
    return { failed: { stream, error: added.error } };
  }
  heldStreams.end(stream);
  if (added.type === 'Refused') {
    const restored = await outbox.restoreLost(stream, added.found);
    marks.set(stream, added.found);
    return { restored };
  }
  marks.set(stream, added.mark);
  return { publication: { stream, ...added.mark, positions: events.map(({ position }) => position) } };
};

/** Tells the outbox what is in the streams. */
export const confirmAll = (outbox: OutboxSession, { unconfirmed }: Pick<Publishing, 'unconfirmed'>): Promise<void> =>
  outbox.confirm(unconfirmed.splice(0));

const noteDone = (
  ends: readonly PromiseSettledResult<Step>[],
  { unconfirmed }: Pick<Publishing, 'unconfirmed'>,
): readonly Step[] => {
  const done = ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []));
  unconfirmed.push(...done.flatMap((step) => ('publication' in step ? step.publication : [])));
  return done;
};

/** Waits for all that is under way: nothing is to be, nor to be unconfirmed, when the lead is given up. */
export const endAll = async (
  outbox: OutboxSession,
  publishing: Pick<Publishing, 'steps' | 'unconfirmed'>,
): Promise<void> => {
  await publishing.steps.end();
  noteDone(publishing.steps.take(), publishing);
  if (publishing.unconfirmed.length > 0) await confirmAll(outbox, publishing);
};

/** What has been done; all of it when a step fails. */
const takeDone = async (outbox: OutboxSession, publishing: Publishing): Promise<readonly Step[]> => {
  const ends = publishing.steps.take();
  const done = noteDone(ends, publishing);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed === undefined) return done;
  await endAll(outbox, publishing);
  throw failed.reason;
};

/**
 * Publishes the oldest events of the outbox: to all streams at once, to each in one step. The outbox is told with the next
 * question. What cannot be read holds back its aggregate, and what cannot be written its stream; the others go on.
 */
export const publishNext = async (outbox: OutboxSession, publishing: Publishing): Promise<Published> => {
  const { heldStreams, heldAggregates, partitioning, steps } = publishing;
  const streams = [...heldStreams.current(), ...steps.streams()];
  const withheld = { streams, aggregateIds: heldAggregates.current(), partitioning };
  const [, { queued, unreadable }] = await Promise.all([confirmAll(outbox, publishing), outbox.nextQueued(withheld)]);
  const unread = new Set(unreadable.map(({ aggregateId }) => aggregateId));
  for (const { envelope } of queued) if (!unread.has(envelope.aggregateId)) heldAggregates.end(envelope.aggregateId);
  for (const aggregateId of unread) heldAggregates.start(aggregateId);
  const parts = { ...publishing, outbox };
  const byStream = Map.groupBy(queued, ({ envelope: { stream, aggregateId } }) =>
    streamKey(stream, aggregateId, partitioning),
  );
  await steps.begin(new Map([...byStream].map(([stream, events]) => [stream, publishTo(stream, events, parts)])));
  const done = await takeDone(outbox, publishing);
  return {
    events: done.reduce((sum, step) => sum + ('publication' in step ? step.publication.positions.length : 0), 0),
    restored: done.reduce((sum, step) => sum + ('restored' in step ? step.restored : 0), 0),
    unreadable,
    failed: done.flatMap((step) => ('failed' in step ? step.failed : [])),
  };
};
