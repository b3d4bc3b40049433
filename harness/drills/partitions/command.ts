import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { DrillContext } from '../drill.ts';

/** Runs `npm run partitions -- N` as an operator does, and returns what it said. @throws when it ends with another code than 0 */
export const changeTo = async (
  { project }: Pick<DrillContext, 'project'>,
  partitions: number,
  environment: Readonly<Record<string, string>>,
): Promise<string> => {
  const child = spawn(process.execPath, ['src/cli/partitions.ts', String(partitions)], {
    cwd: project,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.withResolvers<number | null>();
  child.once('exit', ended.resolve);
  const [said, progress, code] = await Promise.all([text(child.stdout), text(child.stderr), ended.promise]);
  if (code !== 0) throw new Error(`npm run partitions -- ${partitions} ended with ${code}: ${progress.trim()}`);
  return said.trim();
};
