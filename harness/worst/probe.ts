import { sleep } from '../../src/platform/index.ts';
import { answerTo } from './ask.ts';

const PROBE_EVERY_MS = 2;

/** Somebody else, who asks for next to nothing all the time; a process of its own, lest large answers hold it up here. */
let longestMs = 0;
process.on('message', () => {
  process.send?.(longestMs);
  longestMs = 0;
});
process.on('disconnect', () => process.exit());

for (;;) {
  const askedAt = performance.now();
  await answerTo(process.argv[2] ?? '', { query: '{ __typename }' });
  longestMs = Math.max(longestMs, performance.now() - askedAt);
  await sleep(PROBE_EVERY_MS);
}
