import { expect, it } from 'vitest';
import { traceparentOf } from './traceparent.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

it.each([
  ['of this version', `00-${TRACE}-${SPAN}-01`],
  ['of a later one', `cc-${TRACE}-${SPAN}-00`],
])('a trace context is taken: %s', (_what, header) => expect(traceparentOf(header)).toBe(header));

it.each([
  ['ids of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
  ['a parent of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
  ['the version that is none', `ff-${TRACE}-${SPAN}-01`],
  ['capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
  ['more behind it', `00-${TRACE}-${SPAN}-01-${'a'.repeat(8_000)}`],
  ['two of them', `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`],
  ['a list', [`00-${TRACE}-${SPAN}-01`]],
  ['nothing', undefined],
])('what is none is not: %s', (_what, header) => expect(traceparentOf(header)).toBeNull());
