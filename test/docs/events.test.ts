import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { JsonSchema } from '../../src/events/index.ts';
import { ENVELOPE_MEANINGS, EVENT_VERSIONS, eventSchemas, FIELD_MEANINGS } from '../../src/events/index.ts';
import { eventsPage } from '../../tools/events/page.ts';

const namesIn = ({ properties = {}, items }: JsonSchema): readonly string[] => [
  ...Object.entries(properties).flatMap(([name, field]) => [name, ...namesIn(field)]),
  ...(items === undefined ? [] : namesIn(items)),
];

it('docs/events.md is what the catalogue says: `npm run events` writes it', () => {
  expect(readFileSync('docs/events.md', 'utf8')).toBe(eventsPage());
});

it('every field of an event has a meaning, and every meaning a field', () => {
  const fields = new Set(EVENT_VERSIONS.flatMap(({ data }) => namesIn(data)));
  expect([...fields].toSorted()).toEqual(Object.keys(FIELD_MEANINGS).toSorted());
  const entries = Object.values(eventSchemas().$defs).flatMap(({ properties = {} }) => Object.keys(properties));
  const envelope = [...new Set(entries)].filter((name) => name !== 'data');
  expect(envelope.toSorted()).toEqual(Object.keys(ENVELOPE_MEANINGS).toSorted());
});
