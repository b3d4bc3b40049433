import type { CombinedError } from '@urql/core';
import { assertNever } from '../../ui/assert-never.ts';
import type { EventRowFragment } from '../../ui/generated/operations.ts';

export interface EventEdge {
  readonly cursor: string;
  readonly node: EventRowFragment;
}

/** So many are kept of what comes by itself: a page that is open for hours does not grow. Older ones can be asked for. */
export const MAX_KEPT = 1_000;

/** The end of the event store, newest first. */
export interface Tail {
  /** Which filter it answers. */
  readonly key: string;
  readonly edges: readonly EventEdge[];
  /** Came meanwhile and wait to be shown, newest first: the newest {@link MAX_KEPT} of them. */
  readonly held: readonly EventEdge[];
  readonly heldCount: number;
  readonly hasOlder: boolean;
  /** Where the store stood before the first page was read; null: at its beginning. Undefined: nothing is read yet. */
  readonly start: string | null | undefined;
  /** How many may be shown: more, when older ones were asked for. */
  readonly room: number;
  readonly isAsking: boolean;
  readonly isAskingOlder: boolean;
  readonly error: CombinedError | null;
}

/** Oldest first, as the API gives them. */
interface Given {
  readonly key: string;
  readonly edges: readonly EventEdge[];
}

export type TailAction =
  | { readonly kind: 'Asked'; readonly key: string }
  | ({
      readonly kind: 'First';
      readonly start: string | null;
      readonly hasOlder: boolean;
      readonly isHeld: boolean;
    } & Given)
  | ({ readonly kind: 'Came'; readonly isHeld: boolean } & Given)
  | { readonly kind: 'Released' }
  | { readonly kind: 'AskedOlder' }
  | ({ readonly kind: 'Older'; readonly hasOlder: boolean } & Given)
  | { readonly kind: 'Failed'; readonly key: string; readonly error: CombinedError };

export const beginningOf = (key: string): Tail => ({
  key,
  edges: [],
  held: [],
  heldCount: 0,
  hasOlder: false,
  start: undefined,
  room: MAX_KEPT,
  isAsking: true,
  isAskingOlder: false,
  error: null,
});

const released = (tail: Tail): Tail => {
  if (tail.heldCount === 0) return tail;
  // Some of what came is held no more: what was shown before is not next to it, and is to be asked for again.
  const isWhole = tail.held.length === tail.heldCount;
  const all = isWhole ? [...tail.held, ...tail.edges] : tail.held;
  const hasOlder = tail.hasOlder || !isWhole || all.length > tail.room;
  return { ...tail, edges: all.slice(0, tail.room), held: [], heldCount: 0, hasOlder };
};

const withNewer = (
  tail: Tail,
  { edges, isHeld }: { readonly edges: Given['edges']; readonly isHeld: boolean },
): Tail => {
  const known = new Set([...tail.held, ...tail.edges].map(({ node }) => node.eventId));
  const newer = edges.filter(({ node }) => !known.has(node.eventId)).toReversed();
  const held = [...newer, ...tail.held].slice(0, MAX_KEPT);
  const holding = { ...tail, held, heldCount: tail.heldCount + newer.length };
  return isHeld ? holding : released(holding);
};

const withOlder = (
  tail: Tail,
  { edges, hasOlder }: { readonly edges: Given['edges']; readonly hasOlder: boolean },
): Tail => {
  const all = [...tail.edges, ...edges.toReversed()];
  return { ...tail, edges: all, hasOlder, isAskingOlder: false, room: Math.max(tail.room, all.length) };
};

const answered = (tail: Tail, action: Extract<TailAction, Given>): Tail => {
  // Of a filter that is set no more.
  if (action.key !== tail.key) return tail;
  if (action.kind === 'Came') return withNewer(tail, { edges: action.edges, isHeld: action.isHeld || tail.isAsking });
  if (action.kind === 'Older') return withOlder(tail, action);
  const { edges, hasOlder, isHeld, start } = action;
  const first = { ...beginningOf(tail.key), edges: edges.toReversed(), hasOlder, start, isAsking: false };
  return withNewer(first, { edges: tail.held.toReversed(), isHeld });
};

/** The next state of the tail. */
export const nextTail = (tail: Tail, action: TailAction): Tail => {
  switch (action.kind) {
    case 'Asked':
      return { ...beginningOf(action.key), edges: tail.edges };
    case 'First':
    case 'Came':
    case 'Older':
      return answered(tail, action);
    case 'Released':
      return released(tail);
    case 'AskedOlder':
      return { ...tail, isAskingOlder: true, error: null };
    case 'Failed':
      if (action.key !== tail.key) return tail;
      return { ...tail, isAsking: false, isAskingOlder: false, error: action.error };
  }
  return assertNever(action);
};
