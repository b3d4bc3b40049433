import type pg from 'pg';

/** An event as a test stores it by hand, in a partition of its choice. */
export interface HandStored {
  readonly eventId: string;
  readonly aggregateId: string;
  readonly partition: number;
  readonly causationId: string | null;
  readonly type: string;
}

const STORE = `
  insert into audit.event_store
    (event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version, correlation_id, causation_id, producer,
     producer_instance, schema_version, data, partition)
  select event_id, type, 'ecommerce.orders.events', now(), 'Order', aggregate_id, 1, aggregate_id, causation_id,
    'ecommerce-api', 'ecommerce-api-1', 1, '{}', partition
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::smallint[])
    with ordinality as given (event_id, type, aggregate_id, causation_id, partition, nth)
  order by nth`;

const insert = (client: pg.ClientBase, events: readonly HandStored[]): Promise<unknown> =>
  client.query(STORE, [
    events.map(({ eventId }) => eventId),
    events.map(({ type }) => type),
    events.map(({ aggregateId }) => aggregateId),
    events.map(({ causationId }) => causationId),
    events.map(({ partition }) => partition),
  ]);

/**
 * Writers of an event store, one for each partition. What one has stored gets its positions at once, and is seen when it commits:
 * others, at higher positions, may be seen before.
 */
export class HandWriters implements AsyncDisposable {
  readonly #pool: pg.Pool;
  readonly #open = new Map<number, pg.PoolClient>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Positions of a partition are in the order of commits: what it has open is committed before. */
  async store(partition: number, events: readonly HandStored[]): Promise<void> {
    await this.commit(partition);
    const client = await this.#pool.connect();
    this.#open.set(partition, client);
    await client.query('begin');
    await insert(client, events);
  }

  async commit(partition: number): Promise<void> {
    const client = this.#open.get(partition);
    if (client === undefined) return;
    this.#open.delete(partition);
    await client.query('commit');
    client.release();
  }

  async commitAll(): Promise<void> {
    for (const partition of this.#open.keys()) await this.commit(partition);
  }

  /** As the change of their number does: all that is stored is committed before. */
  async divide(partitions: number): Promise<void> {
    await this.commitAll();
    await this.#pool.query(
      'update audit.partitioning set partitions = $1::smallint, most = greatest(most, $1::smallint)',
      [partitions],
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.commitAll();
  }
}
