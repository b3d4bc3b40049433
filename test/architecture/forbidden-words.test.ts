import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** What would bring a failure back that docs/reliability.md says is ruled out, by the failure's number. */
const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  'A5 transaction ids': /\b(xmin|xmax|txid_\w+|pg_current_xact_id\w*|pg_(current_)?snapshot\w*|xid8?)\b/i,
  'A7 notify': /\bpg_notify\b|["'`;]\s*(notify|listen)\s+["$\w]/i,
  'C1 trimming by length': /\bmaxlen\b/i,
};

const WORDS = Object.entries(FORBIDDEN);

/** Comments may say why something is not done. */
const withoutComments = (code: string): string => code.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');

const findingsIn = (code: string): readonly string[] =>
  WORDS.filter(([, word]) => word.test(withoutComments(code))).map(([name]) => name);

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$|generated/.test(file),
);

describe('the statements of src', () => {
  it('say nothing that was ruled out', () => {
    const found = sources.flatMap((file) =>
      findingsIn(readFileSync(join(root, 'src', file), 'utf8')).map((name) => `${file}: ${name}`),
    );
    expect(found).toEqual([]);
    expect(sources.length).toBeGreaterThan(200);
  });
});

describe('what is ruled out', () => {
  it.each([
    ['select position from outbox where xmin::text::bigint < $1', 'A5 transaction ids'],
    ['select pg_current_xact_id()', 'A5 transaction ids'],
    ['where id < pg_snapshot_xmin(pg_current_snapshot())', 'A5 transaction ids'],
    ['create table t (written_by xid8)', 'A5 transaction ids'],
    ["client.query('listen events')", 'A7 notify'],
    ["client.query(`notify events, '5'`)", 'A7 notify'],
    ["sql`select pg_notify('events', '5')`", 'A7 notify'],
    ["redis.xadd(stream, 'MAXLEN', '~', 1000, '*')", 'C1 trimming by length'],
    ["redis.xtrim(stream, 'maxlen', 5)", 'C1 trimming by length'],
  ])('is found: %s', (code, name) => {
    expect(findingsIn(code)).toEqual([name]);
  });

  it.each(['server.listen(port, host)', '`Cannot listen on ${host}`', '// xmin is not used'])(
    'is nothing else: %s',
    (code) => {
      expect(findingsIn(code)).toEqual([]);
    },
  );
});
