import { expect, it } from 'vitest';
import { boundedLabel } from './bounded-label.ts';

it('knows so many values, and calls all later ones other', () => {
  const label = boundedLabel(2);
  expect(['a', 'b', 'c', 'a', 'd', 'b'].map(label)).toEqual(['a', 'b', 'other', 'a', 'other', 'b']);
});
