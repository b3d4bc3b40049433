import { inOneLine } from '../../platform/index.ts';
import { fieldOf, type Missed } from '../../upkeep/index.ts';

interface Sum {
  count: number;
  readonly types: Map<string, number>;
  first: string;
  last: string;
}

export interface Sums {
  readonly lost: ReadonlyMap<string, Sum>;
  readonly lacking: ReadonlyMap<string, Sum>;
}

const LONGEST = 40;
const MOST_TYPES = 20;
const OTHERS = 'others';

/** What another service wrote, as a terminal may show it: it may hold any letters, and any number of them. */
const shown = (text: string): string => inOneLine(text.slice(0, LONGEST));

/** Adds up what a database lacks, by streams. */
export class MissedSums implements Sums {
  readonly lost = new Map<string, Sum>();
  readonly lacking = new Map<string, Sum>();

  add({ entry, isLost }: Missed): void {
    const sums = isLost ? this.lost : this.lacking;
    const at = shown(fieldOf(entry, 'occurred_at'));
    const sum = sums.get(entry.stream) ?? { count: 0, types: new Map<string, number>(), first: at, last: at };
    const said = shown(fieldOf(entry, 'event_type'));
    const type = sum.types.has(said) || sum.types.size < MOST_TYPES ? said : OTHERS;
    sum.count += 1;
    sum.types.set(type, (sum.types.get(type) ?? 0) + 1);
    sum.first = at < sum.first ? at : sum.first;
    sum.last = at > sum.last ? at : sum.last;
    sums.set(entry.stream, sum);
  }
}

const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

const totalOf = (sums: ReadonlyMap<string, Sum>): number =>
  [...sums.values()].reduce((all, { count }) => all + count, 0);

const linesOf = (sums: ReadonlyMap<string, Sum>): readonly string[] =>
  [...sums].map(([stream, { count, types, first, last }]) => {
    const named = [...types].map(([type, many]) => `${type} ${many}`).join(', ');
    return `  ${stream.padEnd(29)} ${String(count).padStart(6)}  ${first} to ${last}  ${named}`;
  });

/** What was found, for people: `newest` is the time of the newest event of the journals; null when they are empty. */
export const describeMissed = ({ lost, lacking }: Sums, newest: string | null): string => {
  const ends = newest === null ? 'The journals are empty.' : `The newest event of the database is of ${newest}.`;
  const [lostCount, lackingCount] = [totalOf(lost), totalOf(lacking)];
  return [
    ends,
    lostCount === 0
      ? "Redis has no event of panier's own that the database lacks."
      : `${counted(lostCount, 'event')} of panier's own ${lostCount === 1 ? 'was' : 'were'} acknowledged after that, and lost:`,
    ...linesOf(lost),
    ...(lackingCount === 0
      ? []
      : [
          `${counted(lackingCount, 'event')} of other services, which the database lacks, ${lackingCount === 1 ? 'is' : 'are'} kept:`,
        ]),
    ...linesOf(lacking),
    '',
  ].join('\n');
};
