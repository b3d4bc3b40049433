import { expect, it } from 'vitest';
import { EVENT_TYPES } from '../../console/events/event-types.ts';
import { CATALOGUE } from '../../src/events/index.ts';

it('the console offers every type of event, by its stream', () => {
  const offered = Object.entries(EVENT_TYPES).flatMap(([stream, types]) => types.map((type) => `${stream} ${type}`));
  const known = Object.entries(CATALOGUE).map(([type, { stream }]) => `${stream} ${type}`);
  expect(offered.toSorted()).toEqual(known.toSorted());
});
