import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Entry } from './records.ts';
import { NO_TROUBLES, type Troubles } from './trouble.ts';

const PROGRAM = join(import.meta.dirname, 'program.ts');

/** Lets in whoever may change the stock. */
const TOKEN = 'token-of-the-saga';
/** Lets in whoever may only read it. */
const READER_TOKEN = 'token-of-a-reader';

/** A shop's own inventory: a process that shares no code with panier, and outlives its own death in its log. */
export interface ForeignInventory extends AsyncDisposable {
  /** The same after each start. */
  readonly url: string;
  readonly token: string;
  readonly readerToken: string;
  /** Sets what is available. */
  readonly stock: (levels: Readonly<Record<string, number>>) => Promise<void>;
  /** Adds to what is available. */
  readonly deliver: (deliveries: Readonly<Record<string, number>>) => Promise<void>;
  readonly levels: () => Promise<Readonly<Record<string, number>>>;
  /** All that ever happened, oldest first. */
  readonly history: () => Promise<readonly Entry[]>;
  /** From now on; after a start there are none. */
  readonly trouble: (troubles: Troubles) => Promise<void>;
  readonly calm: () => Promise<void>;
  /** kill -9; resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Again, after a kill. */
  readonly start: () => Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly control: string;
}

const run = async (log: string, port: string): Promise<Running> => {
  const env = { ...process.env, INVENTORY_TOKEN: TOKEN, INVENTORY_READER_TOKEN: READER_TOKEN };
  const args = [PROGRAM, '--log', log, '--port', port];
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then((): never => {
    throw new Error(`The foreign inventory did not start on port ${port}.`);
  });
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string];
  // Its end is no failure from here on.
  ended.catch(() => undefined);
  return { child, ...(JSON.parse(line) as { readonly url: string; readonly control: string }) };
};

const end = async ({ child }: Running): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

const ask = async (url: string, body?: unknown): Promise<unknown> => {
  const response = await fetch(url, body === undefined ? {} : { method: 'PUT', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return response.json();
};

/** Starts one without any stock, on a free port. Its log is in a folder of its own, which goes with it, unless one is given. */
export const startForeignInventory = async (folder?: string): Promise<ForeignInventory> => {
  const directory = folder ?? mkdtempSync(join(tmpdir(), 'panier-inventory-'));
  const log = join(directory, 'inventory.jsonl');
  let running = await run(log, '0');
  const { url } = running;
  const trouble = async (troubles: Troubles): Promise<void> =>
    void (await ask(`${running.control}/troubles`, troubles));
  return {
    url,
    token: TOKEN,
    readerToken: READER_TOKEN,
    stock: async (levels) => void (await ask(`${running.control}/stock`, levels)),
    deliver: async (deliveries) => void (await ask(`${running.control}/deliveries`, deliveries)),
    levels: async () => (await ask(`${running.control}/stock`)) as Readonly<Record<string, number>>,
    history: async () => (await ask(`${running.control}/history`)) as readonly Entry[],
    trouble,
    calm: () => trouble(NO_TROUBLES),
    kill: () => end(running),
    start: async () => {
      running = await run(log, new URL(url).port);
    },
    [Symbol.asyncDispose]: async () => {
      await end(running);
      if (folder === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
};
