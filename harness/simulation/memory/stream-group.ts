import type { Membership, Pending, StreamEntry, StreamGroup } from '../../../src/bus/index.ts';
import type { Blocked } from '../engine/scheduler.ts';
import { type Group, idOf, orderOf, type PendingEntry } from './bus.ts';
import type { BusConnection } from './bus-connection.ts';

const pendingInOrder = ({ pending }: Group): readonly (readonly [number, PendingEntry])[] =>
  [...pending].toSorted(([one], [other]) => one - other);

/** A member of a group on the simulated bus. */
export class MemoryStreamGroup implements StreamGroup {
  readonly #connection: BusConnection;
  readonly #membership: Membership;

  constructor(connection: BusConnection, membership: Membership) {
    this.#connection = connection;
    this.#membership = membership;
  }

  ensureGroup(stream: string, afterId: string): Promise<boolean> {
    const { bus } = this.#connection;
    const { group } = this.#membership;
    return this.#command(`create group ${stream}`, () => {
      const { groups, lastOrder } = bus.open(stream);
      if (groups.has(group)) return false;
      groups.set(group, { lastOrder: afterId === '$' ? lastOrder : orderOf(afterId), pending: new Map() });
      bus.count('groups made');
      return true;
    });
  }

  readNew({ streams, count, blockMs }: Parameters<StreamGroup['readNew']>[0]): Promise<readonly StreamEntry[]> {
    const read = () => this.#nextNew(streams, count);
    if (blockMs === null) return this.#command('read new at once', read);
    const effect = (): readonly StreamEntry[] | Blocked => {
      const entries = read();
      return entries.length === 0 ? { until: this.#connection.bus.arrival } : entries;
    };
    return this.#connection.wait(this.#label('read new'), { effect, ms: blockMs, answer: [] });
  }

  readOwnPending({ stream, count, afterId }: Parameters<StreamGroup['readOwnPending']>[0]) {
    const { consumer } = this.#membership;
    const isOwn = ([order, { consumer: of }]: readonly [number, PendingEntry]): boolean =>
      of === consumer && order > orderOf(afterId);
    return this.#command(`read own ${stream}`, () => {
      const own = pendingInOrder(this.#group(stream)).filter(isOwn).slice(0, count);
      return own.map(([order]) => this.#give(stream, order) ?? { stream, id: idOf(order), fields: [] });
    });
  }

  listPending(request: Parameters<StreamGroup['listPending']>[0]): Promise<readonly Pending[]> {
    const { stream, idleMs, count, afterId = '0' } = request;
    return this.#command(`list pending ${stream}`, () =>
      pendingInOrder(this.#group(stream))
        .filter(([order, pending]) => order > orderOf(afterId) && this.#idleMs(pending) >= idleMs)
        .slice(0, count)
        .map(([order, { consumer, deliveries }]) => ({ id: idOf(order), consumer, deliveries })),
    );
  }

  claim({ stream, idleMs, ids }: Parameters<StreamGroup['claim']>[0]): Promise<readonly StreamEntry[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.#command(`claim ${stream}`, () => ids.flatMap((id) => this.#claimOne(stream, orderOf(id), idleMs)));
  }

  deliveriesOf({ stream, id }: Parameters<StreamGroup['deliveriesOf']>[0]): Promise<number> {
    return this.#command(`deliveries ${stream}`, () => this.#group(stream).pending.get(orderOf(id))?.deliveries ?? 1);
  }

  /** By streams: a command each, any of which may be the last that comes through. */
  async acknowledge(entries: Parameters<StreamGroup['acknowledge']>[0]): Promise<void> {
    const { group } = this.#membership;
    const byStream = [...Map.groupBy(entries, ({ stream }) => stream)];
    const commands = byStream.map(([stream, those]) =>
      this.#command(`acknowledge ${stream}`, () => {
        // As Redis does: that a group is gone is not told.
        const known = this.#connection.bus.streams.get(stream)?.groups.get(group);
        for (const { id } of those) known?.pending.delete(orderOf(id));
      }),
    );
    await Promise.all(commands);
  }

  /** Each read hands over what it brings. */
  async leave(): Promise<readonly StreamEntry[]> {
    return [];
  }

  close(): void {}

  #nextNew(streams: readonly string[], count: number): readonly StreamEntry[] {
    // As Redis does: nothing is given when any of the groups is missing.
    for (const stream of streams) this.#group(stream);
    return streams.flatMap((stream) => this.#nextOf(stream, count));
  }

  #nextOf(stream: string, count: number): readonly StreamEntry[] {
    const { bus } = this.#connection;
    const group = this.#group(stream);
    const isNew = ({ order }: { readonly order: number }): boolean => order > group.lastOrder;
    const entries = bus.open(stream).entries.filter(isNew).slice(0, count);
    for (const { order } of entries) {
      group.lastOrder = order;
      this.#give(stream, order);
    }
    return entries;
  }

  #claimOne(stream: string, order: number, idleMs: number): readonly StreamEntry[] {
    const { pending } = this.#group(stream);
    const known = pending.get(order);
    if (known === undefined || this.#idleMs(known) < idleMs) return [];
    if (known.consumer !== this.#membership.consumer) this.#connection.bus.count('claims');
    const entry = this.#give(stream, order);
    if (entry === undefined) pending.delete(order);
    return entry === undefined ? [] : [entry];
  }

  /** Counts a delivery to this consumer; what is delivered, if the stream still has it. */
  #give(stream: string, order: number): StreamEntry | undefined {
    const { bus } = this.#connection;
    const { consumer } = this.#membership;
    const { pending } = this.#group(stream);
    const deliveries = (pending.get(order)?.deliveries ?? 0) + 1;
    if (deliveries > 1) bus.count('delivered again');
    pending.set(order, { consumer, sinceMs: this.#connection.nowMs(), deliveries });
    return bus.streams.get(stream)?.entries.find((entry) => entry.order === order);
  }

  #group(stream: string): Group {
    return this.#connection.bus.groupOf(stream, this.#membership.group);
  }

  #idleMs({ sinceMs }: PendingEntry): number {
    return this.#connection.nowMs() - sinceMs;
  }

  #label(label: string): string {
    return `${label} ${this.#membership.group}`;
  }

  #command<T>(label: string, effect: () => T): Promise<T> {
    return this.#connection.command(this.#label(label), effect);
  }
}
