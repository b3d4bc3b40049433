import type { PoolClient } from 'pg';
import { audit } from './audit.ts';
import type { BareBus } from './bus.ts';
import type { BareEvent, Life } from './life.ts';
import { run, together } from './rows.ts';
import {
  CHARGE,
  FORGET_METHOD,
  KEEP_METHOD,
  MOVE_STOCK,
  RECORD,
  RESERVE,
  SCHEDULE,
  SELL,
  tasksOf,
  UNSCHEDULE,
  unitsOf,
} from './statements.ts';

type Journal = keyof typeof RECORD;

/** What a batch of checkouts is brought to its end with. */
export interface Wave {
  readonly client: PoolClient;
  readonly bus: BareBus;
  /** A number that no publication had before. */
  readonly nextNumber: () => number;
}

interface Recorded {
  readonly journal: Journal;
  readonly events: readonly BareEvent[];
  readonly positions: readonly string[];
}

const confirm = (journal: Journal) => ({
  name: `bare confirm ${journal}`,
  text: `with taken as (delete from ${journal}.outbox where position = any($1::bigint[]))
    insert into ${journal}.publication (stream, number, last_entry_id, positions) values ($2, $3, $4, $1)`,
});

/** As a relay does: into the streams, then off the outbox. */
const publish = async ({ client, bus, nextNumber }: Wave, { journal, events, positions }: Recorded): Promise<void> => {
  const places = events.map((event, nth) => ({ event, position: positions[nth] }));
  const ofStreams = [...Map.groupBy(places, ({ event }) => event.stream)];
  await Promise.all(
    ofStreams.map(async ([stream, those]) => {
      const added = those.map(({ event }) => event);
      const lastId = await bus.add(journal, added);
      const taken = `{${those.map(({ position }) => position).join(',')}}`;
      await client.query({ ...confirm(journal), values: [taken, stream, nextNumber(), lastId] });
    }),
  );
};

/** One command of each client: on disk, then published. */
const command = async (wave: Wave, events: readonly BareEvent[], also: readonly Life[] = []): Promise<void> => {
  const { client } = wave;
  const [recorded] = await together(client, () => [
    run(client, RECORD.write, events),
    ...(also.length > 0 ? [run(client, KEEP_METHOD, also)] : []),
  ]);
  const positions = recorded?.rows.map(({ position }) => position) ?? [];
  await publish(wave, { journal: 'write', events, positions });
};

/** The saga takes the stock, and says so. */
const reserve = async (wave: Wave, lives: readonly Life[]): Promise<void> => {
  const { client, bus } = wave;
  await bus.take('saga');
  const events = lives.map(({ reserved }) => reserved);
  const taken = unitsOf(lives, { available: -1, reserved: 1, sold: 0 });
  const [recorded] = await together(client, () => [
    run(client, RECORD.saga, events),
    run(client, RESERVE, lives),
    run(client, MOVE_STOCK, taken),
  ]);
  const positions = recorded?.rows.map(({ position }) => position) ?? [];
  await publish(wave, { journal: 'saga', events, positions });
};

/** The write side hears of it, and asks for the payment. */
const request = async (wave: Wave, lives: readonly Life[]): Promise<void> => {
  const { client, bus } = wave;
  await bus.take('write');
  const events = lives.map(({ requested }) => requested);
  const [, recorded] = await together(client, () => [
    run(
      client,
      RECORD.write,
      lives.map(({ reserved }) => reserved),
    ),
    run(client, RECORD.write, events),
    run(client, SCHEDULE, tasksOf(lives)),
  ]);
  const positions = recorded?.rows.map(({ position }) => position) ?? [];
  await publish(wave, { journal: 'write', events, positions });
};

/** The provider keeps the charge; the write side its end, and that of the order. */
const charge = async (wave: Wave, lives: readonly Life[]): Promise<void> => {
  const { client, bus } = wave;
  await run(client, CHARGE, lives);
  const events = lives.flatMap(({ succeeded, confirmed }) => [succeeded, confirmed]);
  const [recorded] = await together(client, () => [
    run(client, RECORD.write, events),
    run(client, UNSCHEDULE, lives),
    run(client, FORGET_METHOD, lives),
  ]);
  const positions = recorded?.rows.map(({ position }) => position) ?? [];
  await publish(wave, { journal: 'write', events, positions });
  await bus.take('write');
};

const sell = async ({ client, bus }: Wave, lives: readonly Life[]): Promise<void> => {
  await bus.take('saga');
  const sold = unitsOf(lives, { available: 0, reserved: -1, sold: 1 });
  await together(client, () => [run(client, SELL, lives), run(client, MOVE_STOCK, sold)]);
};

/** Brings these checkouts to their ends together, as panier does, and in its order. */
export const bringToEnd = async (wave: Wave, lives: readonly Life[]): Promise<void> => {
  const of = (name: 'created' | 'firstAdded' | 'secondAdded') => lives.map((life) => life[name]);
  await command(wave, of('created'));
  await audit.created(wave, lives);
  await command(wave, of('firstAdded'));
  await command(wave, of('secondAdded'));
  await audit.filled(wave, lives);
  const both = lives.flatMap(({ checkedOut, ordered }) => [checkedOut, ordered]);
  await command(wave, both, lives);
  await audit.ordered(wave, lives);
  await reserve(wave, lives);
  await request(wave, lives);
  await audit.requested(wave, lives);
  await charge(wave, lives);
  await sell(wave, lives);
  await audit.confirmed(wave, lives);
};
