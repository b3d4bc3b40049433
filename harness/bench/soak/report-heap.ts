import { writeFileSync } from 'node:fs';
import { constants, PerformanceObserver } from 'node:perf_hooks';

const path = process.env['PANIER_BENCH_HEAP'];

interface Collection {
  readonly detail: { readonly kind: number };
}

/** What is in use at any other time is mostly waste that was not yet collected: a saw, which tells of no growth. */
const afterFullCollections = (report: () => void): void => {
  const observer = new PerformanceObserver((list) => {
    const collections = list.getEntries() as unknown as readonly Collection[];
    if (collections.some(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR)) report();
  });
  observer.observe({ entryTypes: ['gc'] });
};

// Loaded before panier, in its own process. It never keeps that process alive.
if (path !== undefined) afterFullCollections(() => writeFileSync(path, JSON.stringify(process.memoryUsage())));
