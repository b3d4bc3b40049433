import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** A look of SQL into JSON that holds text of others: it is an error on a row whose text is none. */
const LOOK = /\b(?:data|facts|fields)\s*(?:->|::json)|json\w*\(\s*(?:\w+\.)?(?:data|facts|fields)\b/;

const sources = globSync('src/**/*.ts', { exclude: (name) => name.includes('.test.') || name.includes('migrations') });

describe('SQL', () => {
  it.each(sources)('looks into stored JSON by way of panier_readable alone: %s', (source) => {
    const lines = readFileSync(source, 'utf8').split('\n');
    const looks = lines.filter((line) => LOOK.test(line.replaceAll(/panier_readable\([^)]*\)/g, 'readable')));
    expect(looks).toEqual([]);
  });

  it.each(["data->>'amount'", 'event.data::jsonb', "json_each(facts->'a')", 'json_array_elements(fields)'])(
    'that looks into it as it stands would be found: %s',
    (sql) => expect(sql).toMatch(LOOK),
  );
});
