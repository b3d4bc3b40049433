import { type Layout, type Partitioning, streamKeys } from '../../../src/events/index.ts';
import { type Clock, ignored, repeat } from '../../../src/platform/index.ts';
import type { RoutingPorts } from '../../../src/relay/index.ts';
import type { BusConnection } from './bus-connection.ts';
import type { Connection } from './connection.ts';

const LOOK_EVERY_MS = 200;

/** How the simulated database says that the streams are divided, as a process knows it: a little later. */
export const memoryLayout = (connection: Connection, clock: Clock): Layout => {
  const { database } = connection;
  const hearers = new Set<(now: Partitioning) => void>();
  let current = database.partitioning;
  const refresh = async (): Promise<Partitioning> => {
    const found = await connection.query('partitioning', () => database.partitioning);
    if (found === current) return current;
    current = found;
    for (const hear of hearers) hear(found);
    return found;
  };
  repeat(async () => void (await refresh()), { everyMs: LOOK_EVERY_MS, clock, onFailure: ignored });
  return {
    current: () => current,
    refresh,
    onChange: (hear) => {
      hearers.add(hear);
      return { [Symbol.dispose]: () => void hearers.delete(hear) };
    },
  };
};

interface Place {
  readonly stream: string;
  readonly group: string;
  readonly upTo: number;
}

/** How far the streams of the simulated bus go, and whether their groups are there. */
export const memoryStanding =
  (
    connection: BusConnection,
    layout: Layout,
    groups: ReadonlyMap<string, readonly string[]>,
  ): RoutingPorts['standing'] =>
  async () => {
    const { streams } = connection.bus;
    const places = (): readonly Place[] =>
      [...groups].flatMap(([group, names]) =>
        names
          .flatMap((name) => streamKeys(name, layout.current()))
          .flatMap((stream) => {
            const upTo = streams.get(stream)?.entries.at(-1)?.order;
            return upTo === undefined ? [] : [{ stream, group, upTo }];
          }),
      );
    const isThere = ({ stream, group, upTo }: Place): boolean => {
      const reader = streams.get(stream)?.groups.get(group);
      if (reader === undefined || reader.lastOrder < upTo) return false;
      return [...reader.pending.keys()].every((order) => order > upTo);
    };
    const noted = await connection.command('note standing', places);
    return () => connection.command('is read up', () => noted.every(isThere));
  };
