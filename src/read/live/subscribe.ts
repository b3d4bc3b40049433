import type { Redis } from 'ioredis';
import { guarded, guardSocket, ignored } from '../../platform/index.ts';
import { type AnnouncementPart, channelOf, decodeAnnouncement } from './announcement.ts';

const SILENCE_TIMEOUT_MS = 10_000;

export interface Listener {
  readonly receive: (announcement: AnnouncementPart) => void;
  /** The connection is new: whatever was announced before it was may have been missed. */
  readonly connected: () => void;
}

export interface Subscription extends Disposable {
  /** Asks for a sign of life; a connection that stays silent is opened again. */
  readonly ping: () => void;
}

/** One connection of its own that receives announcements; it comes back by itself for as long as it is not disposed. */
export const subscribe = (redis: Redis, { receive, connected }: Listener): Subscription => {
  const subscriber = redis.duplicate({ socketTimeout: SILENCE_TIMEOUT_MS, autoResubscribe: false });
  const received = (_channel: string, message: string): void => {
    const announcement = decodeAnnouncement(message);
    if (announcement !== null) receive(announcement);
  };
  const join = (): void => {
    subscriber
      .subscribe(channelOf(redis))
      .then(connected)
      .catch(() => subscriber.disconnect(true));
  };
  // Others may write to the channel, too. What is lost here, the polls find.
  subscriber.on('message', guarded(received, ignored));
  // Unheard, the event would end the process; the polls go on meanwhile.
  subscriber.on('error', ignored);
  subscriber.on(
    'connect',
    guarded(() => guardSocket(subscriber.stream), ignored),
  );
  subscriber.on('ready', guarded(join, ignored));
  return {
    ping: () => {
      if (subscriber.status === 'ready') subscriber.ping().catch(() => {});
    },
    [Symbol.dispose]: () => subscriber.disconnect(),
  };
};
