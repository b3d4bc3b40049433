import { type Spread, spreadOf } from './statistics.ts';

/** 32 MiB: far more than a core's own caches hold. */
const PLACES = 1 << 23;
const STEPS = 300_000;
const NS_PER_MS = 1e6;

/** A ring through all places in random order: each names the next. Source: Sattolo, 1986. */
export const ringOf = (places: number, random: () => number = Math.random): Int32Array => {
  const ring = Int32Array.from({ length: places }, (_, place) => place);
  for (let last = places - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * last);
    [ring[last], ring[other]] = [ring[other] ?? 0, ring[last] ?? 0];
  }
  return ring;
};

let ring: Int32Array | undefined;
let place = 0;

/** Nanoseconds that one access to a random place in memory takes now; busy for some 60 ms. */
const accessNs = (): number => {
  ring ??= ringOf(PLACES);
  const startedAt = performance.now();
  for (let step = 0; step < STEPS; step += 1) place = ring[place] ?? 0;
  return ((performance.now() - startedAt) * NS_PER_MS) / STEPS;
};

export interface MemoryMeter {
  /** Looks how fast the memory is now. Only while nothing is measured that it would disturb. */
  readonly look: () => void;
  readonly accessNs: () => Spread;
}

/**
 * How fast this machine reaches its memory, which it shares with its host's other guests: what runs cold, in many processes
 * and for a moment each, gets slower with it, and no processor time is stolen.
 */
export const meterMemory = (): MemoryMeter => {
  const seen: number[] = [];
  return { look: () => void seen.push(accessNs()), accessNs: () => spreadOf(seen) };
};
