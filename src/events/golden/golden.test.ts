import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, type DomainEvent, type OrderEvent } from '../catalogue.ts';
import { decodeEntry, decodeEvent, encodeData, encodeEntry, type Recorded } from '../envelope.ts';
import { learn, NOTHING_KNOWN } from '../order-facts.ts';
import { readOrder } from '../order-reading.ts';
import { EVENT_COLUMN_NAMES, type EventRow, envelopeOf, eventArrays } from '../row.ts';

/** An event as it stood on the wire and in the database when its version was the newest. Never changed, only added to. */
interface Golden {
  readonly event: DomainEvent;
  readonly entry: Readonly<Record<string, string>>;
  readonly row: Omit<EventRow, 'occurred_at' | 'data'> & { readonly occurred_at: string; readonly data: string };
}

const corpus = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as readonly Golden[]);

const named = corpus.map((golden) => [`${golden.event.type} ${golden.row.schema_version}`, golden] as const);

/** As the database's driver hands a row over. */
const rowOf = ({ row }: Golden): EventRow => ({
  ...row,
  occurred_at: new Date(row.occurred_at),
  data: JSON.parse(row.data) as object,
});

const read = ({ entry }: Golden) => decodeEntry(entry['stream'] ?? '', Object.entries(entry).flat());

describe('the corpus of old events', () => {
  it('has every version of every event of the catalogue', () => {
    const versions = Object.entries(CATALOGUE).flatMap(([type, { schemaVersion }]) =>
      Array.from({ length: schemaVersion }, (_, before) => `${type} ${before + 1}`),
    );
    expect(named.map(([name]) => name).toSorted()).toEqual(versions.toSorted());
  });

  it.each(named)('is read from the wire: %s', (_, golden) => {
    const { envelope, event } = read(golden);
    expect(event).toEqual(golden.event);
    expect(envelope).toEqual(envelopeOf(rowOf(golden)));
  });

  it.each(named)('is read from the database: %s', (_, golden) => {
    expect(decodeEvent(envelopeOf(rowOf(golden)))).toEqual(golden.event);
  });

  it('is folded: an order of its events is confirmed', () => {
    const types = ['OrderCreated', 'StockReserved', 'PaymentRequested', 'PaymentSucceeded', 'OrderConfirmed'];
    const isOfStory = (recorded: Recorded): recorded is Recorded<OrderEvent> => types.includes(recorded.event.type);
    const facts = corpus.map(read).filter(isOfStory).reduce(learn, NOTHING_KNOWN);
    expect(readOrder(facts).status).toBe('CONFIRMED');
  });
});

describe('today’s events', () => {
  const newest = named.filter(([, { event, row }]) => CATALOGUE[event.type].schemaVersion === row.schema_version);

  it.each(newest)('are written to the wire as the corpus has them: %s', (_, golden) => {
    const { envelope, event } = read(golden);
    const entry = encodeEntry({ ...envelope, data: encodeData(event) });
    expect(entry).toEqual(Object.entries(golden.entry).flat());
  });

  it.each(newest)('are written to the database as the corpus has them: %s', (_, golden) => {
    const names = EVENT_COLUMN_NAMES.split(', ');
    const columns = eventArrays([read(golden).envelope]).map(([value], nth) => [names[nth], value]);
    expect(Object.fromEntries(columns)).toEqual(golden.row);
  });
});
