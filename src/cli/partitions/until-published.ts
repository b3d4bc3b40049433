import type { Redis } from 'ioredis';
import { sleep } from '../../platform/index.ts';
import { StartupError } from '../../startup/index.ts';
import type { Output } from '../replay-progress.ts';
import { publishedBy } from './look.ts';
import { describePublished } from './report.ts';

const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 30_000;

/** Waits until every journal is published by so many partitions; half a minute at most. @throws {StartupError} */
export const untilPublished = async (redis: Redis, partitions: number, output: Output): Promise<void> => {
  const beganAt = performance.now();
  const elapsedMs = (): number => performance.now() - beganAt;
  const isLive = output.isTTY === true;
  for (let said = ''; ; await sleep(LOOK_EVERY_MS)) {
    const published = await publishedBy(redis);
    const line = `Relays publish by ${describePublished(published)}`;
    if (isLive) output.write(`\r\x1b[K${line}  ${(elapsedMs() / 1_000).toFixed(1)} s`);
    else if (line !== said) output.write(`${line}\n`);
    said = line;
    const isDone = [...published.values()].every((by) => by === partitions);
    if (isLive && isDone) output.write('\r\x1b[K');
    if (isDone) return;
    if (elapsedMs() > PATIENCE_MS)
      throw new StartupError(
        `${isLive ? '\n' : ''}The number is changed, and some relay does not publish by it yet (${describePublished(published)}): see that one runs (npm start -- --roles relay). It does so as soon as it can.`,
      );
  }
};
