import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { eventSchemas } from '../src/events/index.ts';
import { departures, type Schemas } from './event-lock/departures.ts';

const { values } = parseArgs({
  options: {
    lock: { type: 'string', default: 'events.lock.json' },
    record: { type: 'boolean', default: false },
    accept: { type: 'boolean', default: false },
  },
});

const HOW = [
  'Whoever reads or writes these events as they were released would trip over that. Give the type a new version with an',
  'upcaster, or make the field one that may be missing (docs/extending.md, "An event").',
].join('\n');

const now = eventSchemas();
const before = JSON.parse(await readFile(values.lock, 'utf8')) as Schemas;
const found = departures(before, now);
for (const departure of found) console.log(departure);
if (found.length > 0) console.log(HOW);
console.log(`${found.length} departures from the events of the last release`);

const mayBeRecorded = found.length === 0 || values.accept;
if (values.record && mayBeRecorded) await writeFile(values.lock, `${JSON.stringify(now, null, 2)}\n`);
process.exitCode = mayBeRecorded ? 0 : 1;
