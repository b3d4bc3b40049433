import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { sleep } from '../../../src/platform/index.ts';

export type Variables = Readonly<Record<string, string>>;

export interface Script {
  readonly text: string;
  readonly variables: Variables;
  readonly cwd: string;
  /** Whom PostgreSQL does not refuse: itself, where root runs the drill; else whoever does. */
  readonly as: 'Postgres' | 'Ourselves';
}

/** Nobody: PostgreSQL does not run as root. */
const NOBODY = { uid: 65_534, gid: 65_534 };

export const isRoot = (): boolean => process.getuid?.() === 0;

const pathWith = (programs: string): string =>
  [programs, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);

const OUTPUT_MS = 500;

/** Runs a procedure's commands, each of which has to succeed; returns what they printed. @throws with it when one fails */
export const runScript = async (programs: string, script: Script): Promise<string> => {
  const child = spawn('sh', ['-euc', script.text], {
    cwd: script.cwd,
    env: { ...process.env, ...script.variables, PATH: pathWith(programs), LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(script.as === 'Postgres' && isRoot() && NOBODY),
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
  const [printed, complained] = [text(child.stdout), text(child.stderr)];
  const code = await ended;
  // What they have printed may still be under way; a server that is started by them keeps their output open, and is not waited for.
  await Promise.race([Promise.allSettled([printed, complained]), sleep(OUTPUT_MS)]);
  child.stdout.destroy();
  child.stderr.destroy();
  const said = (await Promise.all([printed, complained].map((output) => output.catch(() => '')))).join('');
  if (code !== 0) throw new Error(`${script.text}\nended with ${code}: ${said}`);
  return said;
};
