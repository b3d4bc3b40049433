// What a process holds while a thousand watch all events over WebSockets and read nothing, at the full rate of events.
import { readFileSync } from 'node:fs';
import { sleep } from '../../src/platform/index.ts';
import { openStage } from '../hostile/stage.ts';
import { eventually } from '../support/eventually.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import { answerTo } from './ask.ts';
import { openReader, type Reader } from './slow-reader.ts';

const READERS = 1_000;
const SECONDS = 60;
const WRITERS = 8;
const AT_ONCE = 30;
const LOOK_EVERY_MS = 500;
const CATCH_UP_MS = 120_000;
const MB = 1e6;
const PAGE_BYTES = 4_096;

/** Resident bytes, without asking the process, which would collect its garbage first. */
const residentBytes = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;

/** Makes events until it is over, also when a command is told that something is away: the readers are what is tried. */
const write = async (url: string, over: AbortSignal): Promise<void> => {
  const commands = Array.from({ length: AT_ONCE }, (_, nth) => `c${nth}: createCart { __typename }`).join(' ');
  while (!over.aborted) await answerTo(url, { query: `mutation { ${commands} }` });
};

const openReaders = async (url: string): Promise<readonly Reader[]> => {
  const readers: Reader[] = [];
  while (readers.length < READERS)
    readers.push(...(await Promise.all(Array.from({ length: 50 }, () => openReader(url, null)))));
  return readers;
};

const endsOf = (readers: readonly Reader[]): string => {
  const codes = readers.map((reader) => String(reader.end()?.code ?? 'open'));
  return [...Map.groupBy(codes, (code) => code)].map(([code, all]) => `${code}: ${all.length}`).join(', ');
};

/** What one of them gets who comes back with the last cursor that it saw. */
const resumed = async (url: string, cursor: string | null, missing: () => Promise<number>): Promise<number> => {
  const again = await openReader(url, cursor);
  await eventually(async () => {
    const left = (await missing()) - again.received();
    if (left !== 0) throw new Error(`${left} events have not come.`);
  }, CATCH_UP_MS);
  again.socket.terminate();
  return again.received();
};

exitOnSignal();
await using stage = await openStage({ PANIER_MAX_OPERATION_MS: '60000' });
const { url, pid } = stage;
const readers = await openReaders(url);
const witness = await openReader(url, null);
await write(url, AbortSignal.timeout(200));
await eventually(() => {
  if (readers.some((reader) => reader.cursor() === null)) throw new Error('Not all have seen an event.');
}, CATCH_UP_MS);
for (const { socket } of readers) socket.pause();
const seenBefore = witness.received() - (readers[0]?.received() ?? 0);
const before = residentBytes(pid);
let most = before;
const witnessed = witness.received();
const over = AbortSignal.timeout(SECONDS * 1_000);
const writing = Promise.all(Array.from({ length: WRITERS }, () => write(url, over)));
while (!over.aborted) {
  most = Math.max(most, residentBytes(pid));
  await sleep(LOOK_EVERY_MS);
}
await writing;
const made = witness.received() - witnessed;
for (const { socket } of readers) socket.resume();
await sleep(10_000);
console.log(`${READERS} readers, ${made} events in ${SECONDS} s reached who reads`);
console.log(
  `resident: ${(before / MB).toFixed(0)} MB before, ${(most / MB).toFixed(0)} MB at most, ${(residentBytes(pid) / MB).toFixed(0)} MB after`,
);
const seconds = readers.flatMap((reader) => reader.end()?.seconds ?? []).toSorted((a, b) => a - b);
console.log(
  `ended: ${endsOf(readers)}; ${readers.length - seconds.length} open, the first after ${(seconds[0] ?? 0).toFixed(0)} s`,
);
const [reader] = readers;
if (reader !== undefined) {
  const missing = async (): Promise<number> => witness.received() - seenBefore - reader.received();
  console.log(
    `came back with its cursor: got the ${await resumed(url, reader.cursor(), missing)} events that it lacked`,
  );
}
witness.socket.terminate();
