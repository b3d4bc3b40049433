import { writeFileSync } from 'node:fs';

const EVERY_MS = 1_000;
const path = process.env['PANIER_BENCH_HEAP'];

// Loaded before panier, in its own process. It never keeps that process alive.
if (path !== undefined) setInterval(() => writeFileSync(path, JSON.stringify(process.memoryUsage())), EVERY_MS).unref();
