import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Scene } from './scene.ts';

/** What `npm run verify` says is broken; none when all holds. */
export const brokenByVerify = async ({
  context,
  environment,
}: Pick<Scene, 'context' | 'environment'>): Promise<readonly string[]> => {
  const child = spawn(process.execPath, ['src/cli/verify.ts', '--grace-seconds', '5', '--pause-seconds', '2'], {
    cwd: context.project,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.withResolvers<number | null>();
  child.once('exit', ended.resolve);
  const [said, complained, code] = await Promise.all([text(child.stdout), text(child.stderr), ended.promise]);
  if (code === 0) return [];
  const lines = said.split('\n').filter((line) => /^(BROKEN|not checked)/.test(line));
  return [`npm run verify ended with ${code}: ${complained.trim()}`, ...lines];
};
