import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findRedis, type ProcessIdentity, signalProcess, startPostgres } from '../../src/servers/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The administrator's URL of the run's PostgreSQL. */
    postgresUrl: string;
    /** Gone after the run, and with it every server whose `process.json` lies in one of its directories. */
    runDirectory: string;
  }
}

type Run = { readonly directory: string; readonly postgresUrl: string; readonly end: () => Promise<void> };

type SharedRun = { users: number; run: Promise<Run> };

/** Each project loads this module for itself: what they share cannot be a variable of it. */
const holder = globalThis as { panierTestRun?: SharedRun };

const endStrays = (directory: string): void => {
  for (const name of existsSync(directory) ? readdirSync(directory) : []) {
    const file = join(directory, name, 'process.json');
    if (existsSync(file)) signalProcess(JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity, 'SIGKILL');
  }
};

const begin = async (): Promise<Run> => {
  // Once, and before the test files run: side by side they would fight for the package manager's lock.
  await findRedis((line) => console.log(line));
  const directory = mkdtempSync(join(tmpdir(), 'panier-test-'));
  const { url, process: postgres } = await startPostgres({ directory: join(directory, 'postgres') });
  const clean = (): void => {
    signalProcess(postgres.identity, 'SIGKILL');
    endStrays(directory);
    // Again and again: what was killed may still be writing.
    rmSync(directory, { recursive: true, force: true, maxRetries: 20 });
  };
  process.once('exit', clean);
  const end = async (): Promise<void> => {
    await postgres.stop();
    process.off('exit', clean);
    clean();
  };
  return { directory, postgresUrl: url, end };
};

/** One PostgreSQL for the whole run, however many projects ask for it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  holder.panierTestRun ??= { users: 0, run: begin() };
  const shared = holder.panierTestRun;
  shared.users += 1;
  const { postgresUrl, directory, end } = await shared.run;
  project.provide('postgresUrl', postgresUrl);
  project.provide('runDirectory', directory);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete holder.panierTestRun;
    await end();
  };
}
