import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { Counter, Gauge, type Registry } from 'prom-client';

const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;
const RESOLUTION_MS = 20;
const QUANTILES = [0.5, 0.99, 1];

const MEMORY = [
  ['process_resident_memory_bytes', 'rss', 'Resident memory.'],
  ['nodejs_heap_size_total_bytes', 'heapTotal', 'The heap of V8.'],
  ['nodejs_heap_size_used_bytes', 'heapUsed', 'What is used of the heap of V8.'],
  ['nodejs_external_memory_bytes', 'external', 'Memory of objects outside of the heap: buffers, most of all.'],
] as const;

type Measure = () => void;

const memoryIn = (registry: Registry): Measure => {
  const gauges = MEMORY.map(([name, kind, help]) => [kind, new Gauge({ name, help, registers: [registry] })] as const);
  return () => {
    const usage = process.memoryUsage();
    for (const [kind, gauge] of gauges) gauge.set(usage[kind]);
  };
};

const processorIn = (registry: Registry): Measure => {
  const help = 'Time on the processor, of the user and of the system.';
  const processor = new Counter({ name: 'process_cpu_seconds_total', help, registers: [registry] });
  return () => {
    const { user, system } = process.cpuUsage();
    processor.reset();
    processor.inc((user + system) / MICROSECONDS);
  };
};

const delayIn = (registry: Registry): { readonly measure: Measure; readonly disable: () => void } => {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const help = 'By how much the event loop came late to its timers, since the last scrape.';
  const name = 'nodejs_eventloop_delay_seconds';
  const gauge = new Gauge({ name, help, labelNames: ['quantile'], registers: [registry] });
  const lateAt = (quantile: number): number =>
    Math.max(0, delay.percentile(quantile * 100) / NANOSECONDS - RESOLUTION_MS / 1_000);
  const measure = (): void => {
    for (const quantile of QUANTILES) gauge.set({ quantile: String(quantile) }, lateAt(quantile));
    delay.reset();
  };
  return { measure, disable: () => void delay.disable() };
};

const beginningIn = (registry: Registry): void => {
  const help = 'When the process began, as Unix time.';
  const beginning = new Gauge({ name: 'process_start_time_seconds', help, registers: [registry] });
  beginning.set(Math.round(performance.timeOrigin / 1_000));
};

const heapLimitIn = (registry: Registry): void => {
  const help = 'What the heap of V8 may take; at more the process ends.';
  const limit = new Gauge({ name: 'nodejs_heap_size_limit_bytes', help, registers: [registry] });
  limit.set(getHeapStatistics().heap_size_limit);
};

/** Of the process itself, by the usual names; nothing that takes longer the more connections it has. */
export const measureProcess = (registry: Registry): Disposable & { readonly measure: Measure } => {
  beginningIn(registry);
  heapLimitIn(registry);
  const { measure, disable } = delayIn(registry);
  const all = [memoryIn(registry), processorIn(registry), measure];
  return {
    measure: () => {
      for (const each of all) each();
    },
    [Symbol.dispose]: disable,
  };
};
