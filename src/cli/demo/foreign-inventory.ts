import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { StartupError } from '../../startup/index.ts';

const PROGRAM = join(import.meta.dirname, '../../../harness/inventory/program.ts');
const TOKEN = 'token-of-the-demo';

/** A shop's own inventory, as a process of its own: it is not panier's, and panier reaches it by HTTP alone. */
export interface ForeignInventory extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  readonly stock: (levels: Readonly<Record<string, number>>) => Promise<void>;
  readonly levels: () => Promise<Readonly<Record<string, number>>>;
}

/** It ends by itself when this process does, whose end closes its standard input. */
const startProgram = (log: string) => {
  const env = { INVENTORY_TOKEN: TOKEN };
  const child = spawn(process.execPath, [PROGRAM, '--log', log], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  return { child, lines: createInterface(child.stdout) };
};

/** Starts one whose log is in the directory. @throws {StartupError} where the harness is left out, as in the image */
export const startForeignInventory = async (directory: string): Promise<ForeignInventory> => {
  if (!existsSync(PROGRAM))
    throw new StartupError('The inventory of this demo is in the folder harness, which is not here.');
  const { child, lines } = startProgram(join(directory, 'inventory.jsonl'));
  const ended = once(child, 'exit');
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as readonly unknown[];
  if (typeof line !== 'string') throw new StartupError('The inventory of this demo did not start.');
  const { url, control } = JSON.parse(line) as { readonly url: string; readonly control: string };
  return {
    url,
    token: TOKEN,
    stock: async (levels) => void (await fetch(`${control}/stock`, { method: 'PUT', body: JSON.stringify(levels) })),
    levels: async () => (await (await fetch(`${control}/stock`)).json()) as Readonly<Record<string, number>>,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
};
