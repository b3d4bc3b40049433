import type { View } from './cluster-map.ts';

/** A view, and whose it is. */
export interface Voice {
  /** The node's address, as it is asked. */
  readonly name: string;
  readonly view: View;
  /** Whether it was heard when the node was last asked: what the last one of all said is kept. */
  readonly isHeard: boolean;
}

type Circle = readonly Voice[];

/** What speaks for some, where not all know each other. */
export interface Acquaintance {
  /** Ids of those whose cluster it was so far; empty at first. */
  readonly known: ReadonlySet<string>;
  /** Names of those that the URL names. */
  readonly named: ReadonlySet<string>;
}

const knowEachOther = ({ view: one }: Voice, { view: other }: Voice): boolean =>
  one.ids.includes(other.ownId) && other.ids.includes(one.ownId);

/** Those that know each other, be it by way of others. */
const circlesOf = (voices: readonly Voice[]): readonly Circle[] => {
  const left = new Set(voices);
  const circles: Circle[] = [];
  for (const first of left) {
    const circle = [first];
    left.delete(first);
    for (const voice of circle)
      for (const other of left)
        if (knowEachOther(voice, other)) {
          left.delete(other);
          circle.push(other);
        }
    circles.push(circle);
  }
  return circles;
};

const count = (circle: Circle, isCounted: (voice: Voice) => boolean): number => circle.filter(isCounted).length;

/** The first of those with the most, of whom there is at least one. */
const most = (circles: readonly Circle[], isCounted: (voice: Voice) => boolean): Circle | undefined =>
  circles
    .filter((circle) => count(circle, isCounted) > 0)
    .toSorted((one, other) => count(other, isCounted) - count(one, isCounted))[0];

const hasSlots = (circle: Circle): boolean =>
  circle.some(({ view }) => view.nodes.some(({ slots }) => slots.length > 0));

/**
 * Whom to believe. At an address there may be another one by now: a node that was removed, and has gone to another cluster, or
 * somebody who got the address. Those whose cluster it was know each other, and do not know that one. Where none of them is heard,
 * another cluster is believed when most nodes of the URL are in it: then it was made anew.
 */
export const believedOf = (voices: readonly Voice[], { known, named }: Acquaintance): Circle => {
  const circles = circlesOf(voices);
  const withSlots = circles.filter(hasSlots);
  const isKnown = ({ view }: Voice): boolean => known.has(view.ownId);
  const isNamed = ({ name }: Voice): boolean => named.has(name);
  return (
    most(withSlots, (voice) => voice.isHeard && isKnown(voice)) ??
    withSlots.find((circle) => count(circle, isNamed) > named.size / 2) ??
    most(withSlots, isKnown) ??
    most(withSlots, isNamed) ??
    most(circles, isNamed) ??
    []
  );
};
