import type { Membership, Pending, StreamEntry, StreamGroup } from '../../src/bus/index.ts';
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

  ensureGroup(afterId: string): Promise<boolean> {
    const { bus } = this.#connection;
    const { stream, group } = this.#membership;
    return this.#command('create group', () => {
      const { groups, lastOrder } = bus.open(stream);
      if (groups.has(group)) return false;
      groups.set(group, { lastOrder: afterId === '$' ? lastOrder : orderOf(afterId), pending: new Map() });
      bus.count('groups made');
      return true;
    });
  }

  readNew({ count, blockMs }: Parameters<StreamGroup['readNew']>[0]): Promise<readonly StreamEntry[]> {
    if (blockMs === null) return this.#command('read new at once', () => this.#nextNew(count));
    const effect = (): readonly StreamEntry[] | Blocked => {
      const entries = this.#nextNew(count);
      return entries.length === 0 ? { until: this.#connection.bus.arrival } : entries;
    };
    return this.#connection.wait(this.#label('read new'), { effect, ms: blockMs, answer: [] });
  }

  readOwnPending({ count, afterId }: { readonly count: number; readonly afterId: string }) {
    const { consumer } = this.#membership;
    const isOwn = ([order, { consumer: of }]: readonly [number, PendingEntry]): boolean =>
      of === consumer && order > orderOf(afterId);
    return this.#command('read own', () => {
      const own = pendingInOrder(this.#group()).filter(isOwn).slice(0, count);
      return own.map(([order]) => this.#give(order) ?? { id: idOf(order), fields: [] });
    });
  }

  listPending({ idleMs, count }: { readonly idleMs: number; readonly count: number }): Promise<readonly Pending[]> {
    return this.#command('list pending', () =>
      pendingInOrder(this.#group())
        .filter(([, pending]) => this.#idleMs(pending) >= idleMs)
        .slice(0, count)
        .map(([order, { deliveries }]) => ({ id: idOf(order), deliveries })),
    );
  }

  claim({
    idleMs,
    ids,
  }: {
    readonly idleMs: number;
    readonly ids: readonly string[];
  }): Promise<readonly StreamEntry[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.#command('claim', () => ids.flatMap((id) => this.#claimOne(orderOf(id), idleMs)));
  }

  deliveriesOf(id: string): Promise<number> {
    return this.#command('deliveries', () => this.#group().pending.get(orderOf(id))?.deliveries ?? 1);
  }

  acknowledge(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return Promise.resolve();
    const { stream, group } = this.#membership;
    return this.#command('acknowledge', () => {
      // As Redis does: that a group is gone is not told.
      const known = this.#connection.bus.streams.get(stream)?.groups.get(group);
      for (const id of ids) known?.pending.delete(orderOf(id));
    });
  }

  close(): void {}

  #nextNew(count: number): readonly StreamEntry[] {
    const { bus } = this.#connection;
    const group = this.#group();
    const isNew = ({ order }: { readonly order: number }): boolean => order > group.lastOrder;
    const entries = bus.open(this.#membership.stream).entries.filter(isNew).slice(0, count);
    for (const { order } of entries) {
      group.lastOrder = order;
      this.#give(order);
    }
    return entries;
  }

  #claimOne(order: number, idleMs: number): readonly StreamEntry[] {
    const { pending } = this.#group();
    const known = pending.get(order);
    if (known === undefined || this.#idleMs(known) < idleMs) return [];
    if (known.consumer !== this.#membership.consumer) this.#connection.bus.count('claims');
    const entry = this.#give(order);
    if (entry === undefined) pending.delete(order);
    return entry === undefined ? [] : [entry];
  }

  /** Counts a delivery to this consumer; what is delivered, if the stream still has it. */
  #give(order: number): StreamEntry | undefined {
    const { bus } = this.#connection;
    const { stream, consumer } = this.#membership;
    const { pending } = this.#group();
    const deliveries = (pending.get(order)?.deliveries ?? 0) + 1;
    if (deliveries > 1) bus.count('delivered again');
    pending.set(order, { consumer, sinceMs: this.#connection.nowMs(), deliveries });
    return bus.streams.get(stream)?.entries.find((entry) => entry.order === order);
  }

  #group(): Group {
    return this.#connection.bus.groupOf(this.#membership.stream, this.#membership.group);
  }

  #idleMs({ sinceMs }: PendingEntry): number {
    return this.#connection.nowMs() - sinceMs;
  }

  #label(label: string): string {
    return `${label} ${this.#membership.stream} ${this.#membership.group}`;
  }

  #command<T>(label: string, effect: () => T): Promise<T> {
    return this.#connection.command(this.#label(label), effect);
  }
}
