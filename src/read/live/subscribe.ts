import type { Redis } from 'ioredis';
import { type AnnouncementPart, CHANNEL, decodeAnnouncement } from './announcement.ts';

const SILENCE_TIMEOUT_MS = 10_000;

export interface Listener {
  readonly hear: (announcement: AnnouncementPart) => void;
  /** The connection is new: whatever was announced before it was may have been missed. */
  readonly connected: () => void;
}

export interface Subscription extends Disposable {
  /** Asks for a sign of life; a connection that stays silent is opened again. */
  readonly ping: () => void;
}

/** One connection of its own that hears announcements; it comes back by itself for as long as it is not disposed. */
export const subscribe = (redis: Redis, { hear, connected }: Listener): Subscription => {
  const subscriber = redis.duplicate({ socketTimeout: SILENCE_TIMEOUT_MS, autoResubscribe: false });
  subscriber.on('message', (_channel, message) => {
    const announcement = decodeAnnouncement(message);
    if (announcement !== null) hear(announcement);
  });
  // Unheard, the event would end the process; the polls go on meanwhile.
  subscriber.on('error', () => {});
  subscriber.on('ready', () => {
    subscriber.subscribe(CHANNEL).then(connected, () => subscriber.disconnect(true));
  });
  return {
    ping: () => {
      if (subscriber.status === 'ready') subscriber.ping().catch(() => {});
    },
    [Symbol.dispose]: () => subscriber.disconnect(),
  };
};
