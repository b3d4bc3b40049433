import type { Redis } from 'ioredis';
import type { Changes } from '../projection.ts';

/** Where committed changes are announced, behind the connection's prefix; Redis keeps nothing of it. */
export const CHANNEL = 'ecommerce.read.changes';

// The client puts the prefix before keys alone, and a channel is none.
export const channelOf = ({ options }: Pick<Redis, 'options'>): string => `${options.keyPrefix ?? ''}${CHANNEL}`;

/** What the events with positions above `after`, up to `position`, changed. */
export interface Announcement extends Changes {
  readonly after: bigint;
  readonly position: bigint;
}

/** An announcement, or one of the parts of a large one; counted from 1. */
export interface AnnouncementPart extends Announcement {
  readonly part: number;
  readonly parts: number;
}

const IDS_PER_PART = 1_000;

const KINDS = ['carts', 'orders', 'products'] as const;

const partsOf = (changes: Changes): readonly Changes[] => {
  const length = Math.max(1, ...KINDS.map((kind) => changes[kind].length));
  return Array.from({ length: Math.ceil(length / IDS_PER_PART) }, (_, index) => {
    const slice = (ids: readonly string[]) => ids.slice(index * IDS_PER_PART, (index + 1) * IDS_PER_PART);
    return { carts: slice(changes.carts), orders: slice(changes.orders), products: slice(changes.products) };
  });
};

/** The messages of one announcement. */
export const encodeAnnouncement = ({ after, position, ...changes }: Announcement): readonly string[] =>
  partsOf(changes).map((each, index, { length: parts }) =>
    JSON.stringify({ after: String(after), position: String(position), part: index + 1, parts, ...each }),
  );

/** The part that a message holds; null when it is none: anybody may publish on a channel. */
export const decodeAnnouncement = (message: string): AnnouncementPart | null => {
  try {
    const { after, position, part, parts, ...changes } = JSON.parse(message) as Record<string, unknown>;
    if (typeof part !== 'number' || typeof parts !== 'number') return null;
    return { after: BigInt(String(after)), position: BigInt(String(position)), part, parts, ...idsOf(changes) };
  } catch {
    return null;
  }
};

const idsOf = (changes: Record<string, unknown>): Changes => {
  const ids = (kind: keyof Changes): readonly string[] => {
    const value = changes[kind];
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  };
  return { carts: ids('carts'), orders: ids('orders'), products: ids('products') };
};

/** Publishes what was committed. A hint only: gateways that miss it find it in the event store. */
export const announceTo =
  (redis: Pick<Redis, 'publish' | 'options'>) =>
  async (announcement: Announcement): Promise<void> => {
    await Promise.all(encodeAnnouncement(announcement).map((message) => redis.publish(channelOf(redis), message)));
  };
