import type { Redis } from 'ioredis';
import type { Advance, Announcement, Changes } from '../../projection/index.ts';

/** Where committed changes are announced, behind the connection's prefix; Redis keeps nothing of it. */
export const CHANNEL = 'ecommerce.read.changes';

// The client puts the prefix before keys alone, and a channel is none.
export const channelOf = ({ options }: Pick<Redis, 'options'>): string => `${options.keyPrefix ?? ''}${CHANNEL}`;

/** An announcement, or one of the parts of a large one; counted from 1. */
export interface AnnouncementPart extends Announcement {
  readonly part: number;
  readonly parts: number;
}

const IDS_PER_PART = 1_000;

const partsOf = (changes: Changes): readonly Changes[] => {
  const all = Object.entries(changes);
  const length = Math.max(1, ...all.map(([, ids]) => ids.length));
  return Array.from({ length: Math.ceil(length / IDS_PER_PART) }, (_, index) =>
    Object.fromEntries(all.map(([name, ids]) => [name, ids.slice(index * IDS_PER_PART, (index + 1) * IDS_PER_PART)])),
  );
};

/** Of one partition it is said as it was before there were several, and read by processes that know of one alone. */
const encodeAdvances = (advances: readonly Advance[]) => {
  const [only = { partition: 0, after: 0n, position: 0n }, ...others] = advances;
  if (only.partition === 0 && others.length === 0)
    return { after: String(only.after), position: String(only.position) };
  return {
    advances: advances.map(({ partition, after, position }) => [partition, String(after), String(position)]),
  };
};

const decodeAdvances = ({ after, position, advances }: Record<string, unknown>): readonly Advance[] => {
  const all = Array.isArray(advances) ? (advances as readonly (readonly unknown[])[]) : [[0, after, position]];
  return all
    .map(([partition, from, to]) => ({
      partition: Number(partition),
      after: BigInt(String(from)),
      position: BigInt(String(to)),
    }))
    .filter((advance) => advance.position > 0n);
};

/** The messages of one announcement. */
export const encodeAnnouncement = ({ advances, changes }: Announcement): readonly string[] =>
  partsOf(changes).map((each, index, { length: parts }) =>
    JSON.stringify({ ...each, ...encodeAdvances(advances), part: index + 1, parts }),
  );

/** The part that a message holds; null when it is none: anybody may publish on a channel. */
export const decodeAnnouncement = (message: string): AnnouncementPart | null => {
  try {
    const { advances, part, parts, ...named } = JSON.parse(message) as Record<string, unknown>;
    if (typeof part !== 'number' || typeof parts !== 'number') return null;
    return { advances: decodeAdvances({ advances, ...named }), part, parts, changes: changesIn(named) };
  } catch {
    return null;
  }
};

const changesIn = (named: Record<string, unknown>): Changes =>
  Object.fromEntries(
    Object.entries(named)
      .filter((each): each is [string, unknown[]] => Array.isArray(each[1]))
      .map(([name, ids]) => [name, ids.filter((id) => typeof id === 'string')]),
  );

/** The kind of topic of a run of upkeep: none of a read model, but told of on the same way. */
export const UPKEEP = 'upkeep';

/** Publishes that a run of upkeep has changed. It is at no position of the event store. */
export const announceRun = (redis: Pick<Redis, 'publish' | 'options'>) => {
  const announce = announceTo(redis);
  return (id: string): Promise<void> => announce({ advances: [], changes: { [UPKEEP]: [id] } });
};

/** Publishes what was committed. A hint only: gateways that miss it find it in the event store. */
export const announceTo =
  (redis: Pick<Redis, 'publish' | 'options'>) =>
  async (announcement: Announcement): Promise<void> => {
    await Promise.all(encodeAnnouncement(announcement).map((message) => redis.publish(channelOf(redis), message)));
  };
