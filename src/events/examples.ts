import type { EventVersion } from './event-schemas.ts';
import first from './golden/version-1.json' with { type: 'json' };
import second from './golden/version-2.json' with { type: 'json' };
import type { JsonObject } from './json.ts';

interface Example {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: JsonObject;
}

const CORPUS: readonly { readonly entry: Readonly<Record<string, string>> }[] = [...first, ...second];

/** The event as the corpus has it (ADR-025). @throws when it has none of this version. */
export const exampleOf = ({ type, version, name }: EventVersion): Example => {
  const found = CORPUS.find(({ entry }) => entry['event_type'] === type && entry['schema_version'] === String(version));
  if (found === undefined) throw new Error(`${name} is not in the corpus: src/events/golden.`);
  const { data = '', ...headers } = found.entry;
  return { headers, payload: JSON.parse(data) as JsonObject };
};
