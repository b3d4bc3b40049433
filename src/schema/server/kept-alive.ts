import type { FetchAPI } from 'graphql-yoga';
import { guarded, ignored } from '../../platform/index.ts';

/** Proxies cut connections that are silent for a minute, some for half of it. */
const KEEP_ALIVE_MS = 12_000;

/** A stream of texts in whichever format. */
export interface Spoken {
  readonly beginning: string;
  readonly texts: AsyncIterator<string>;
  /** What says that nothing is said. */
  readonly silence: string;
  /** Ends what the texts are made of. */
  readonly leave: () => unknown;
  readonly keepAliveMs?: number | undefined;
}

/** The texts, one for each that is asked for, and the silence whenever there was none for a while. */
export const keptAlive = (
  { beginning, texts, silence, leave, keepAliveMs = KEEP_ALIVE_MS }: Spoken,
  { ReadableStream, TextEncoder }: Pick<FetchAPI, 'ReadableStream' | 'TextEncoder'>,
): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | undefined;
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(encoder.encode(beginning));
      const keepAlive = (): void => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(silence));
      };
      timer = setInterval(guarded(keepAlive, ignored), keepAliveMs);
    },
    pull: async (controller) => {
      const next = await texts.next();
      if (next.done !== true) return controller.enqueue(encoder.encode(next.value));
      clearInterval(timer);
      return controller.close();
    },
    cancel: async () => {
      clearInterval(timer);
      await leave();
    },
  });
};
