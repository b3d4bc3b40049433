import { writeFileSync } from 'node:fs';

const path = process.env['PANIER_FUZZ_MEMORY'];

/** Loaded before panier, in its own process: on SIGUSR2 it collects what is waste, and says what is left. */
if (path !== undefined) {
  process.on('SIGUSR2', () => {
    globalThis.gc?.();
    writeFileSync(path, JSON.stringify(process.memoryUsage()));
  });
}
