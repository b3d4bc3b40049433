import { businessIn, laneOf } from './lanes.ts';
import { byEventId, loadedIn, type Step, type Steps } from './steps.ts';

/** What is drawn of one step, or of many that would hide all else. */
export interface Glyph {
  readonly kind: 'Step' | 'Burst' | 'Gap';
  /** Revisions that it stands for. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly lane: string;
  /** Type of its events; empty where it stands for several types, or for what is not loaded. */
  readonly type: string;
  /** When the first of them occurred. */
  readonly atMs: number;
  /** First revision of the glyph that it follows from; null where that is not shown, or nothing is known of it. */
  readonly cause: number | null;
}

/** Fewer of a kind in a row are drawn one by one. */
const BURST = 4;
/** More would be a smear, and slow. */
const MAX_GLYPHS = 160;

const glyphOf = (step: Step, cause: Step | undefined): Glyph => ({
  kind: 'Step',
  first: step.revision,
  last: step.revision,
  count: 1,
  lane: laneOf(step, cause),
  type: step.event.type,
  atMs: Date.parse(step.event.occurredAt),
  cause: null,
});

const gapOf = (first: number, last: number, before: Glyph | undefined): Glyph => ({
  kind: 'Gap',
  first,
  last,
  count: last - first + 1,
  lane: before?.lane ?? '',
  type: '',
  atMs: before?.atMs ?? 0,
  cause: null,
});

/** One of all of them, in the place of the first. */
const merged = (run: readonly Glyph[]): Glyph => {
  const [first] = run;
  if (first === undefined) throw new Error('A burst has steps.');
  const last = run.at(-1) ?? first;
  const type = run.every((each) => each.type === first.type) ? first.type : '';
  return { ...first, kind: 'Burst', type, last: last.last, count: run.reduce((sum, { count }) => sum + count, 0) };
};

type Alike = (one: Glyph, other: Glyph) => boolean;

const inBursts = (glyphs: readonly Glyph[], areAlike: Alike): readonly Glyph[] => {
  const runs: Glyph[][] = [];
  for (const glyph of glyphs) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && glyph.kind !== 'Gap' && areAlike(run[0], glyph)) run.push(glyph);
    else runs.push([glyph]);
  }
  return runs.flatMap((run) => (run.length < BURST ? run : [merged(run)]));
};

const sameKind: Alike = (one, other) => one.kind !== 'Gap' && one.type === other.type && one.lane === other.lane;

/** The beginning and the end, where even the bursts are too many. */
const bounded = (glyphs: readonly Glyph[]): readonly Glyph[] => {
  if (glyphs.length <= MAX_GLYPHS) return glyphs;
  const half = MAX_GLYPHS / 2;
  return [...glyphs.slice(0, half), merged(glyphs.slice(half, -half)), ...glyphs.slice(-half)];
};

interface Cause {
  readonly steps: ReadonlyMap<string, Step>;
  readonly shown: ReadonlyMap<number, Glyph>;
}

/** Back to what is shown: a step that is not shown passes on what it follows from. */
const causeOf = (step: Step, { steps, shown }: Cause): number | null => {
  let cause = steps.get(step.event.causationId ?? '');
  for (let hops = 0; cause !== undefined && hops < 20; hops += 1) {
    const glyph = shown.get(cause.revision);
    if (glyph !== undefined) return glyph.first;
    cause = steps.get(cause.event.causationId ?? '');
  }
  return null;
};

const withCauses = (glyphs: readonly Glyph[], all: Steps, steps: ReadonlyMap<string, Step>): readonly Glyph[] => {
  const shown = new Map(
    glyphs.flatMap((glyph) =>
      glyph.kind === 'Gap' ? [] : all.slice(glyph.first - 1, glyph.last).map((_, nth) => [glyph.first + nth, glyph]),
    ),
  );
  return glyphs.map((glyph) => {
    const step = glyph.kind === 'Gap' ? undefined : all[glyph.first - 1];
    const cause = step === undefined ? null : causeOf(step, { steps, shown });
    return { ...glyph, cause: cause === glyph.first ? null : cause };
  });
};

/** What is drawn of an order's steps, by revision: those of the business, or all; never more than can be looked at. */
export const glyphsOf = (all: Steps, shown: 'Business' | 'All'): readonly Glyph[] => {
  const business = businessIn(loadedIn(all));
  const steps = byEventId(all);
  const single: Glyph[] = [];
  for (const [index, step] of all.entries()) {
    const last = single.at(-1);
    if (step === undefined) {
      if (last?.kind === 'Gap') single[single.length - 1] = { ...last, last: index + 1, count: last.count + 1 };
      else single.push(gapOf(index + 1, index + 1, last));
    } else if (shown === 'All' || business.has(step))
      single.push(glyphOf(step, steps.get(step.event.causationId ?? '')));
  }
  return withCauses(bounded(inBursts(single, sameKind)), all, steps);
};
