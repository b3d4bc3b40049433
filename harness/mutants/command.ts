import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Command {
  readonly directory: string;
  readonly script: string;
  readonly args: readonly string[];
  /** Told each line of output; `Stop` ends the command. */
  readonly onLine: (line: string) => 'GoOn' | 'Stop';
}

export interface Ended {
  /** Null when it was stopped. */
  readonly code: number | null;
  readonly lastWords: string;
}

/** Runs a script of Node's to its end; it ends with us, by its pid. */
export const runScript = async ({ directory, script, args, onLine }: Command): Promise<Ended> => {
  const child = spawn(process.execPath, [script, ...args], { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = (): void => void child.kill();
  process.once('exit', end);
  let lastWords = '';
  child.stderr.on('data', (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-1_000)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (onLine(line) === 'Stop') end();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  process.off('exit', end);
  return { code, lastWords: lastWords.trim() };
};
