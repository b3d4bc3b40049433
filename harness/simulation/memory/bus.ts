import type { StreamEntry } from '../../../src/bus/index.ts';
import { streamOfKey } from '../../../src/events/index.ts';
import type { FoundMark } from '../../../src/relay/index.ts';
import type { Random } from '../../support/random.ts';
import { Signal } from '../engine/signal.ts';

export interface BusEntry extends StreamEntry {
  readonly order: number;
}

export interface PendingEntry {
  readonly consumer: string;
  readonly sinceMs: number;
  readonly deliveries: number;
}

export interface Group {
  lastOrder: number;
  readonly pending: Map<number, PendingEntry>;
}

export interface StreamState {
  readonly entries: BusEntry[];
  lastOrder: number;
  readonly groups: Map<string, Group>;
}

interface Content {
  readonly streams: Map<string, StreamState>;
  readonly marks: Map<string, FoundMark>;
}

const IDS_A_MS = 100_000;

const copyOf = ({ streams, marks }: Content): Content => ({
  marks: new Map(marks),
  streams: new Map(
    [...streams].map(([name, { entries, lastOrder, groups }]) => [
      name,
      {
        entries: [...entries],
        lastOrder,
        groups: new Map([...groups].map(([group, state]) => [group, { ...state, pending: new Map(state.pending) }])),
      },
    ]),
  ),
});

export const idOf = (order: number): string => `${Math.floor(order / IDS_A_MS)}-${order % IDS_A_MS}`;

export const orderOf = (id: string): number => {
  const [ms = '0', nth = '0'] = id.split('-');
  return Number(ms) * IDS_A_MS + Number(nth);
};

/** Streams as Redis has them; what is in them may go at any time. */
export class MemoryBus {
  readonly arrival = new Signal();
  readonly #nowMs: () => number;
  readonly count: (what: string) => void;
  #doomed = 0;
  #content: Content = { streams: new Map(), marks: new Map() };
  #saved: Content = { streams: new Map(), marks: new Map() };

  constructor(nowMs: () => number, count: (what: string) => void) {
    this.#nowMs = nowMs;
    this.count = count;
  }

  get streams(): ReadonlyMap<string, StreamState> {
    return this.#content.streams;
  }

  get marks(): Map<string, FoundMark> {
    return this.#content.marks;
  }

  /** The stream; made when it is missing. */
  open(name: string): StreamState {
    const known = this.#content.streams.get(name);
    if (known !== undefined) return known;
    const made: StreamState = { entries: [], lastOrder: 0, groups: new Map() };
    this.#content.streams.set(name, made);
    return made;
  }

  add(name: string, fields: readonly string[]): string {
    const stream = this.open(name);
    const order = Math.max(stream.lastOrder + 1, Math.floor(this.#nowMs()) * IDS_A_MS);
    stream.lastOrder = order;
    if (this.#doomed > 0) this.#doomed -= 1;
    else stream.entries.push({ stream: name, order, id: idOf(order), fields });
    this.arrival.notify();
    return idOf(order);
  }

  groupOf(name: string, group: string): Group {
    const known = this.#content.streams.get(name)?.groups.get(group);
    if (known === undefined) throw new Error(`NOGROUP No such key '${name}' or consumer group '${group}'`);
    return known;
  }

  /** What is on disk now is what a lost tail leaves. */
  save(): void {
    this.#saved = copyOf(this.#content);
  }

  /** As after a power cut, or a replica's promotion. */
  loseTail(): void {
    this.#content = copyOf(this.#saved);
    this.arrival.notify();
  }

  flush(): void {
    this.#content = { streams: new Map(), marks: new Map() };
    this.arrival.notify();
  }

  destroyGroup(random: Random): void {
    const streams = this.#withGroups();
    if (streams.length === 0) return;
    const { groups } = random.pick(streams);
    groups.delete(random.pick([...groups.keys()]));
    this.arrival.notify();
  }

  /** The next entries, of whatever stream, are deleted before anybody reads them. */
  doomNext(random: Random): void {
    this.#doomed = random.integer(1, 4);
  }

  /** XDEL of some of the newest entries of a stream, or XTRIM MAXLEN 0. */
  deleteEntries(random: Random): void {
    const filled = [...this.#content.streams.values()].filter(({ entries }) => entries.length > 0);
    if (filled.length === 0) return;
    const { entries } = random.pick(filled);
    if (random.chance(0.2)) entries.splice(0);
    else entries.splice(-random.integer(1, 5), random.integer(1, 3));
  }

  /** XGROUP SETID $: the group never sees what it has not read yet. */
  skipGroup(random: Random): void {
    const streams = this.#withGroups();
    if (streams.length === 0) return;
    const { groups, lastOrder } = random.pick(streams);
    const group = groups.get(random.pick([...groups.keys()]));
    if (group !== undefined) group.lastOrder = lastOrder;
  }

  /** XGROUP DELCONSUMER: what was delivered to the consumer and not acknowledged is nobody's any more. */
  deleteConsumer(random: Random): void {
    const groups = this.#withGroups().flatMap((stream) => [...stream.groups.values()]);
    const busy = groups.filter(({ pending }) => pending.size > 0);
    if (busy.length === 0) return;
    const { pending } = random.pick(busy);
    const consumer = random.pick([...pending.values()]).consumer;
    for (const [order, entry] of pending) if (entry.consumer === consumer) pending.delete(order);
  }

  /** Whether the group has yet to handle an entry that is older; also when there is no such group. */
  isBehind({ stream, group }: { readonly stream: string; readonly group: string }, minAgeMs: number): boolean {
    const state = this.#content.streams.get(stream);
    const known = state?.groups.get(group);
    if (state === undefined || known === undefined) return true;
    const unread = state.entries.find(({ order }) => order > known.lastOrder)?.order ?? Number.POSITIVE_INFINITY;
    return Math.min(unread, ...known.pending.keys()) < (this.#nowMs() - minAgeMs) * IDS_A_MS;
  }

  #withGroups(): readonly StreamState[] {
    return [...this.#content.streams.values()].filter(({ groups }) => groups.size > 0);
  }

  /** Somebody adds again what is there: a duplicate, and out of order; where another may read it who is at others of its partition. */
  repeat(random: Random): void {
    const filled = [...this.#content.streams].filter(([, { entries }]) => entries.length > 0);
    if (filled.length === 0) return;
    const [name, { entries }] = random.pick(filled);
    const { fields } = random.pick(entries);
    for (const stream of new Set([streamOfKey(name), name])) if (random.chance(0.7)) this.add(stream, fields);
  }
}
