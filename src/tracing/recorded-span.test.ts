import { expect, it } from 'vitest';
import type { SpanStart } from '../platform/index.ts';
import type { EndedSpan } from './span-message.ts';
import { spanRecorder } from './span-recorder.ts';

const PARENT = `00-${'a'.repeat(32)}-f067aa0ba902b7aa-01`;
const OTHER = `00-${'b'.repeat(32)}-f067aa0ba902b7bb-01`;

const begin = (start: Partial<SpanStart> = {}, parent: string | null = PARENT) => {
  const ended: EndedSpan[] = [];
  const recorder = spanRecorder(
    () => true,
    (span) => void ended.push(span),
  );
  const span = recorder.begin(() => ({ name: 'a', ...start }), parent);
  if (span === undefined) throw new Error('not recorded');
  return { span, ended };
};

it('a span is in the trace of its parent, under an id of its own', () => {
  const ids = new Set(Array.from({ length: 2_000 }, () => begin().span.traceparent));
  expect(ids.size).toBe(2_000);
  for (const id of ids) expect(id).toMatch(/^00-a{32}-[\da-f]{16}-01$/);
});

it('a span without a parent begins a trace', () => {
  const traces = new Set(Array.from({ length: 2_000 }, () => begin({}, null).span.traceparent.slice(0, 36)));
  expect(traces.size).toBe(2_000);
  for (const trace of traces) expect(trace).toMatch(/^00-[\da-f]{32}-$/);
});

it('what is set, linked and failed comes beside what it began with, and in place of it', () => {
  const { span, ended } = begin({ attributes: { kept: 1, told: 'a' }, links: [PARENT] });
  span.set({ told: 'b' });
  span.set({ later: true });
  span.link(OTHER);
  span.fail('Unavailable', 'The database is away.');
  span.end();
  const later = { told: 'b', later: true, 'error.type': 'Unavailable' };
  expect(ended).toMatchObject([{ later, links: [PARENT, OTHER], failure: 'Unavailable: The database is away.' }]);
});

it('a span that has ended stays as it is', () => {
  const { span, ended } = begin();
  span.end();
  span.set({ late: 1 });
  span.link(OTHER);
  span.fail('late');
  span.end();
  expect(ended).toMatchObject([{ later: null, links: [], failure: null }]);
});

it('a span that began before it was made is as long as that', () => {
  const { span, ended } = begin({ beganMs: Date.now() - 1_000 });
  span.end();
  const [{ beganMs, endedMs } = { beganMs: 0, endedMs: 0 }] = ended;
  expect(endedMs - beganMs).toBeGreaterThanOrEqual(1_000);
  expect(endedMs - beganMs).toBeLessThan(60_000);
});

const asked = (): never => {
  throw new Error('asked');
};

it('what the sampler leaves out is not asked what it is', () => {
  const recorder = spanRecorder(
    () => false,
    () => {
      throw new Error('sent');
    },
  );
  expect([recorder.begin(asked, null), recorder.begin(asked, PARENT)]).toEqual([undefined, undefined]);
});
