import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/platform/index.ts';
import { codesIn, documentAt, documents, tableUnder } from './markdown.ts';

/** The variables that the configuration asks its environment for. */
const variablesRead = (): readonly string[] => {
  const asked = new Set<string>();
  const environment = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_none, name) => {
        asked.add(String(name));
        return undefined;
      },
    },
  );
  readConfig(environment);
  return [...asked].toSorted();
};

const rows = tableUnder(documentAt('docs/operations.md'), '## Configuration').flatMap(([names, fallback]) =>
  codesIn(names).map((name) => ({ name, fallback: codesIn(fallback) })),
);

/** Without a value they change what is started, and there is none that would do the same. */
const WITHOUT_DEFAULT =
  /^(DATABASE_URL|REDIS_URL)(_[A-Z]+)?$|^PANIER_(REDIS_PREFIX|(WRITE|SAGA|AUDIT)_DATABASE_URL|PARTITIONS|READ_DATABASE_URLS|REDIS_TLS_(CA|CERT|KEY)|DOCUMENTS_MANIFEST|CORS_ORIGINS|TRUSTED_PROXIES|TLS_(CERT|KEY)|TOKEN|WEBHOOK_ALLOW|INVENTORY_(URL|TOKEN))$|^PANIER_JWT_(SECRET|PUBLIC_KEY|JWKS_URL|ALGORITHMS|ISSUER|AUDIENCE)$|^STRIPE_|^OTEL_EXPORTER_OTLP_(TRACES_)?ENDPOINT$|^(LOG_FORMAT|CI|NO_COLOR)$/;

/** They tell of what was. */
const isHistory = (path: string): boolean => path === 'CHANGELOG.md' || path.startsWith('docs/adr/');

describe('the table of the configuration', () => {
  it('has a row for each variable that is read, and for no other', () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual(variablesRead());
  });

  it.each(rows.filter(({ fallback }) => fallback.length > 0))('says what $name is by default', ({ name, fallback }) => {
    expect(fallback).toHaveLength(1);
    expect(readConfig({ [name]: fallback[0] })).toEqual(readConfig({}));
  });

  it.each(rows.filter(({ fallback }) => fallback.length === 0))('is right that $name has no default', ({ name }) => {
    expect(readConfig({ [name]: undefined })).toEqual(readConfig({}));
    expect(name).toMatch(WITHOUT_DEFAULT);
  });

  it.each(documents().filter(({ path }) => !isHistory(path)))('has every variable that $path names', ({ text }) => {
    const named = new Set(text.match(/\bPANIER_[A-Z]+(?:_[A-Z]+)*\b/g) ?? []);
    const known = new Set(variablesRead());
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
  });
});
