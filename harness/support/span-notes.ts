import { recordSpans, type SpanStart } from '../../src/platform/index.ts';

/** What was begun, and what became of it, in order: `[name, …]` each. */
export interface SpanNotes extends Disposable {
  readonly notes: readonly (readonly unknown[])[];
  /** As what each was begun. */
  readonly starts: readonly SpanStart[];
  /** Those of what was begun: name, parent, links. */
  readonly begun: () => readonly (readonly unknown[])[];
}

/** Takes spans down, until disposed. Each gets an id of its own, by number, in its parent's trace. */
export const openSpanNotes = (): SpanNotes => {
  const notes: (readonly unknown[])[] = [];
  const starts: SpanStart[] = [];
  let count = 0;
  const recording = recordSpans({
    begin: (start: () => SpanStart, parent) => {
      const begun = start();
      const { name, links = [], beganMs } = begun;
      starts.push(begun);
      count += 1;
      const trace = parent?.slice(0, 36) ?? `00-${'f'.repeat(32)}-`;
      const earlier = beganMs === undefined ? [] : ['earlier'];
      notes.push([name, 'begins', parent, ...links, ...earlier]);
      return {
        traceparent: `${trace}${String(count).padStart(16, '0')}-01`,
        set: (attributes) => void notes.push([name, attributes]),
        link: (traceparent) => void notes.push([name, 'is linked', traceparent]),
        fail: (code, why) => void notes.push([name, 'fails', code, why]),
        end: () => void notes.push([name, 'ends']),
      };
    },
  });
  return {
    notes,
    starts,
    begun: () => notes.filter(([, what]) => what === 'begins').map(([name, , ...rest]) => [name, ...rest]),
    [Symbol.dispose]: () => recording[Symbol.dispose](),
  };
};

/** A trace context in a trace by its name, which is a letter from a to f. */
export const traceparentIn = (trace: string, flags = '01'): string =>
  `00-${trace.repeat(32)}-00f067aa0ba902b7-${flags}`;
