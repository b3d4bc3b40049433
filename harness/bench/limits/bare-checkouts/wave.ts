import type { PoolClient } from 'pg';
import { audit } from './audit.ts';
import type { BareBus } from './bus.ts';
import type { BareEvent, Life } from './life.ts';
import { together } from './rows.ts';
import * as write from './statements.ts';

type Journal = keyof typeof write.record;

/** What a batch of checkouts is brought to its end with. */
export interface Wave {
  readonly client: PoolClient;
  readonly bus: BareBus;
  /** A number that no publication had before. */
  readonly nextNumber: () => number;
}

const confirm = (journal: Journal) => ({
  name: `bare confirm ${journal}`,
  text: `with taken as (delete from ${journal}.outbox where position = any($1::bigint[]))
    insert into ${journal}.publication (stream, number, last_entry_id, positions) values ($2, $3, $4, $1)`,
});

interface Recording {
  readonly journal: Journal;
  readonly events: readonly BareEvent[];
  /** What is written in the same transaction; before, or after. */
  readonly before?: () => ReturnType<typeof write.store>;
  readonly also?: readonly (() => ReturnType<typeof write.store>)[];
}

/** As a relay does: into the streams, then off the outbox. */
const publish = async (
  { client, bus, nextNumber }: Wave,
  { journal, events }: Recording,
  positions: readonly string[],
): Promise<void> => {
  const places = events.map((event, nth) => ({ event, position: positions[nth] }));
  const ofStreams = [...Map.groupBy(places, ({ event }) => event.stream)];
  await Promise.all(
    ofStreams.map(async ([stream, those]) => {
      const lastId = await bus.add(
        journal,
        those.map(({ event }) => event),
      );
      const taken = `{${those.map(({ position }) => position).join(',')}}`;
      await client.query({ ...confirm(journal), values: [taken, stream, nextNumber(), lastId] });
    }),
  );
};

/** On disk, then published. */
const record = async (wave: Wave, recording: Recording): Promise<void> => {
  const { client } = wave;
  const { journal, events, before, also = [] } = recording;
  const [, recorded = []] = await together(client, () => [
    before?.() ?? Promise.resolve([]),
    write.record[journal](client, events),
    ...also.map((each) => each()),
  ]);
  const positions = recorded.map(({ position }) => position);
  await publish(wave, recording, positions);
};

/** The saga takes the stock, and says so. */
const reserve = async (wave: Wave, lives: readonly Life[]): Promise<void> => {
  const { client, bus } = wave;
  await bus.take('saga');
  const taken = write.unitsOf(lives, { available: -1, reserved: 1, sold: 0 });
  const events = lives.map(({ reserved }) => reserved);
  const also = [() => write.reserveAll(client, lives), () => write.moveStock(client, taken)];
  await record(wave, { journal: 'saga', events, also });
};

/** The write side hears of it, and asks for the payment. */
const request = async (wave: Wave, lives: readonly Life[]): Promise<void> => {
  const { client, bus } = wave;
  await bus.take('write');
  const heard = lives.map(({ reserved }) => reserved);
  const events = lives.map(({ requested }) => requested);
  const before = () => write.record.write(client, heard);
  const also = [() => write.schedule(client, write.tasksOf(lives))];
  await record(wave, { journal: 'write', events, before, also });
};

/** The provider keeps the charge; the write side its end, and that of the order. */
const charge = async (wave: Wave, lives: readonly Life[]): Promise<void> => {
  const { client, bus } = wave;
  await write.chargeAll(client, lives);
  const events = lives.flatMap(({ succeeded, confirmed }) => [succeeded, confirmed]);
  const also = [() => write.unschedule(client, lives), () => write.forgetMethod(client, lives)];
  await record(wave, { journal: 'write', events, also });
  await bus.take('write');
};

const sell = async ({ client, bus }: Wave, lives: readonly Life[]): Promise<void> => {
  await bus.take('saga');
  const sold = write.unitsOf(lives, { available: 0, reserved: -1, sold: 1 });
  await together(client, () => [write.sellAll(client, lives), write.moveStock(client, sold)]);
};

/** Brings these checkouts to their ends together, as panier does, and in its order. */
export const bringToEnd = async (wave: Wave, lives: readonly Life[]): Promise<void> => {
  const command = (events: readonly BareEvent[]): Promise<void> => record(wave, { journal: 'write', events });
  await command(lives.map(({ created }) => created));
  await audit.created(wave, lives);
  await command(lives.map(({ firstAdded }) => firstAdded));
  await command(lives.map(({ secondAdded }) => secondAdded));
  await audit.filled(wave, lives);
  const events = lives.flatMap(({ checkedOut, ordered }) => [checkedOut, ordered]);
  await record(wave, { journal: 'write', events, also: [() => write.keepMethod(wave.client, lives)] });
  await audit.ordered(wave, lives);
  await reserve(wave, lives);
  await request(wave, lives);
  await audit.requested(wave, lives);
  await charge(wave, lives);
  await sell(wave, lives);
  await audit.confirmed(wave, lives);
};
