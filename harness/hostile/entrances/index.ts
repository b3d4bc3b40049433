import type { Attack } from './attack.ts';
import { announce } from './channel.ts';
import { sendFrames } from './frames.ts';
import { sendRequest } from './http.ts';
import { troubleLink } from './links.ts';
import { sendSignal } from './signals.ts';
import { openEventStream } from './sse.ts';
import { addEntry } from './streams.ts';

/** Every way into a running panier. */
export const ENTRANCES = {
  http: sendRequest,
  frames: sendFrames,
  sse: openEventStream,
  streams: addEntry,
  channel: announce,
  links: troubleLink,
  signals: sendSignal,
} as const satisfies Readonly<Record<string, Attack>>;

export type EntranceName = keyof typeof ENTRANCES;

/** How often each is tried; what troubles everybody seldom enough that the others are tried as well. */
export const WEIGHTS: Readonly<Record<EntranceName, number>> = {
  http: 40,
  frames: 30,
  sse: 10,
  streams: 10,
  channel: 10,
  links: 1,
  signals: 1,
};
