import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

export interface PartitionsCommand {
  /** The checkout of panier whose command it is. */
  readonly project: string;
  readonly partitions: number;
  readonly environment: Readonly<Record<string, string>>;
  /** It is killed when it takes longer; by default it may take as long as it likes. */
  readonly endsAfterMs?: number;
}

/** Runs `npm run partitions -- N` as an operator does, and returns what it said. @throws when it ends with another code than 0 */
export const runPartitions = async (command: PartitionsCommand): Promise<string> => {
  const { project, partitions, environment, endsAfterMs } = command;
  const child = spawn(process.execPath, ['src/cli/partitions.ts', String(partitions)], {
    cwd: project,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(endsAfterMs !== undefined && { timeout: endsAfterMs, killSignal: 'SIGKILL' }),
  });
  // Whoever ends us ends it.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = Promise.withResolvers<number | null>();
  child.once('exit', ended.resolve);
  const [said, progress, code] = await Promise.all([text(child.stdout), text(child.stderr), ended.promise]);
  process.off('exit', kill);
  if (code !== 0) throw new Error(`npm run partitions -- ${partitions} ended with ${code}: ${progress.trim()}`);
  return said.trim();
};
