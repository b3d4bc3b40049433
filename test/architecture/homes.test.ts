import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Which schemas are at home where (ADR-081): no statement may be at two homes, for each may be on a server of its own. */
const HOMES: Readonly<Record<string, string>> = {
  access: 'shared',
  bus: 'shared',
  upkeep: 'shared',
  webhook: 'shared',
  write: 'write',
  saga: 'saga',
  audit: 'audit',
  read: 'audit',
};

/** Of each of these every database has one of its own. */
const EVERYWHERE = /\b(?:write\.idempotency|bus\.(?:identity|home))\b/g;
const NAMED = new RegExp(`\\b(${Object.keys(HOMES).join('|')})"?\\."?[a-z_]+\\b"?(?![\\w(])`, 'g');
const IS_SQL = /\b(?:select|insert into|update|delete from|lock table|truncate|from|join|union)\b/;

/** Where a template that begins behind this place ends, whatever is nested in it. */
const endOfTemplate = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && text[at] !== '`') {
    if (text[at] === '\\') at += 2;
    else if (text.startsWith('${', at)) at = endOfHole(text, at + 2) + 1;
    else at += 1;
  }
  return at;
};

const endOfHole = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && text[at] !== '}') {
    if (text[at] === '`') at = endOfTemplate(text, at + 1) + 1;
    else if (text[at] === '{') at = endOfHole(text, at + 1) + 1;
    else at += 1;
  }
  return at;
};

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

/** Each template of a file as it stands, with what is nested in it. */
const templatesIn = (text: string): readonly string[] => {
  const found: string[] = [];
  for (let at = text.indexOf('`'); at !== -1; ) {
    const end = endOfTemplate(text, at + 1);
    found.push(text.slice(at + 1, end));
    at = text.indexOf('`', end + 1);
  }
  return found;
};

const homesOf = (statement: string): readonly string[] => {
  const named = statement.replaceAll(EVERYWHERE, '').matchAll(NAMED);
  return [...new Set([...named].map(([, schema = '']) => HOMES[schema] ?? ''))].toSorted();
};

const atSeveralHomes = (text: string): readonly string[] =>
  templatesIn(withoutComments(text)).filter((template) => IS_SQL.test(template) && homesOf(template).length > 1);

const FILES = globSync('src/**/*.ts').filter((file) => !/\.(?:test|fixture)\.ts$|\/migrations\//.test(file));

describe('a statement', () => {
  it('names tables of one home alone, in all of src', () => {
    const found = FILES.flatMap((file) => atSeveralHomes(readFileSync(file, 'utf8')).map((each) => `${file}: ${each}`));
    expect(found).toEqual([]);
  });

  it('is built without joins elsewhere: none is made of parts that could be of two homes', () => {
    expect(FILES.filter((file) => /\.(?:inner|left|right|full)Join\(/.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('is found by the hundred, so that none is passed over', () => {
    const all = FILES.flatMap((file) => templatesIn(withoutComments(readFileSync(file, 'utf8'))));
    expect(all.filter((template) => IS_SQL.test(template) && homesOf(template).length === 1).length).toBeGreaterThan(
      100,
    );
  });

  it.each([
    'sql`select * from write.journal join audit.event_store using (event_id)`',
    'sql`select 1 from saga.reservation where exists (${sql`select from read."order" where id = order_id`})`',
    'statement(`select from write.journal union all ${fixed(`select from saga.journal`)}`)',
    'sql`delete from webhook.endpoint where head < (select max(position) from audit.event_store)`',
  ])('of two homes would be found: %s', (text) => expect(atSeveralHomes(text)).toHaveLength(1));

  it.each([
    'sql`select * from read."order" join audit.event_store on aggregate_id = id`',
    'sql`insert into write.idempotency (key) select id from saga.reservation`',
    '/** select from write.journal and audit.event_store */ sql`select from write.journal`',
  ])('of one home is let be: %s', (text) => expect(atSeveralHomes(text)).toEqual([]));
});
