import { createHistogram } from 'node:perf_hooks';

const MICROS_PER_MS = 1_000;

export interface LatencySummary {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Latencies of one round, to three digits. */
export class Latencies {
  readonly #histogram = createHistogram({ figures: 3 });

  record(ms: number): void {
    this.#histogram.record(Math.max(1, Math.round(ms * MICROS_PER_MS)));
  }

  summary(): LatencySummary {
    const { max } = this.#histogram;
    const at = (percent: number): number => this.#histogram.percentile(percent) / MICROS_PER_MS;
    return { p50: at(50), p99: at(99), max: max / MICROS_PER_MS };
  }
}
