import { isFlagged, type TracesConfig } from '../platform/index.ts';

/** Whether a trace is recorded: by its id, and by what came with it. */
export type Sampler = (traceId: string, parent: string | null) => boolean;

/** Of the digits of a trace id that have to be random, as many as a number holds. Source: w3.org/TR/trace-context-2. */
const RANDOM = [18, 31] as const;
const RANDOM_VALUES = 2 ** 52;

/** By the id alone, so that whoever records the same share records the same traces. Source: OpenTelemetry, probability sampling. */
const byRatio =
  (ratio: number): Sampler =>
  (traceId) =>
    Number.parseInt(traceId.slice(...RANDOM), 16) >= (1 - ratio) * RANDOM_VALUES;

const PARENT_BASED = 'parentbased_';

/** One of the standard's samplers. */
export const samplerOf = ({ sampler, ratio }: Pick<TracesConfig, 'sampler' | 'ratio'>): Sampler => {
  const root = byRatio(sampler.endsWith('always_on') ? 1 : sampler.endsWith('always_off') ? 0 : ratio);
  if (!sampler.startsWith(PARENT_BASED)) return root;
  return (traceId, parent) => (parent === null ? root(traceId, null) : isFlagged(parent));
};
