import { resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '../../..');

/** What tells a stranger how panier is made, or where it runs. */
const LEAKS: Readonly<Record<string, RegExp>> = {
  'a path of packages': /node_modules/,
  'a file': /file:\/\/\/|\b(src|test|fuzz)\/[\w./-]+\.ts\b/,
  'a stack': /\bat (async )?[\w.<>[\] ]+ \(|\n\s+at /,
  'a connection string': /\b(postgres(ql)?|redis):\/\//,
  SQL: /\b(select|insert|update|delete)\b[^"]{0,200}\b(from|into|set)\s+(write|saga|audit|read)\.|relation \\?"|syntax error at/i,
  'a server of ours': /ECONNREFUSED|SQLSTATE|pg_catalog|ioredis|kysely/,
};

/** What a text gives away; none when it keeps to itself. */
export const leaksIn = (text: string): readonly string[] => [
  ...Object.entries(LEAKS).flatMap(([what, pattern]) => (pattern.test(text) ? [what] : [])),
  ...(text.includes(PROJECT) ? ['where it runs'] : []),
];
