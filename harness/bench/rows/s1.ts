import { type Contestant, type Round, type Row, systemCpuOf } from '../measure/index.ts';
import { afresh } from './afresh.ts';
import { openApart } from './apart.ts';
import { beside } from './beside.ts';
import { openCrowd } from './crowd.ts';
import type { Scale } from './scale.ts';

interface Sized {
  /** Processes of each role. */
  readonly ofEach: number;
  readonly partitions: number;
  readonly staysAtOne?: boolean;
}

/** The first is what the others are compared with. */
const CROWDS: readonly [Sized, ...Sized[]] = [
  { ofEach: 1, partitions: 1 },
  { ofEach: 2, partitions: 1 },
  { ofEach: 4, partitions: 1 },
  { ofEach: 1, partitions: 4 },
  { ofEach: 2, partitions: 4 },
  { ofEach: 1, partitions: 8 },
  { ofEach: 4, partitions: 8 },
];
/** As many processes as the crowds have, which have nothing to do with one another. */
const APART = [2, 4] as const;
const AT_ONE: Sized = { ofEach: 4, partitions: 1, staysAtOne: true };

const TOLERANCE = 0.1;
/** Customers of each gateway: more processes are there for more of them, and batches are as large as what is in flight. */
const IN_FLIGHT = { full: 128, quick: 8 } as const;

const crowdName = ({ ofEach, partitions, staysAtOne = false }: Sized): string =>
  `${ofEach} of each, N = ${partitions}${staysAtOne ? ', a customer at one gateway' : ''}`;
const apartName = (many: number): string => `${many} paniers of one of each`;

/** Of several processes each is as warm as one that had all of the work. */
const warm = (name: string, many: number, open: () => Promise<Contestant>) => async () =>
  afresh(name, { open, warmUps: many });

/** More processes, or more partitions, are to divide the work, and not to add to it. */
export const s1 = ({ isQuick }: Scale): Row => {
  const inFlight = isQuick ? IN_FLIGHT.quick : IN_FLIGHT.full;
  const crowd = (sized: Sized) => {
    const name = crowdName(sized);
    return warm(name, sized.ofEach, () => openCrowd(name, { ...sized, inFlight: inFlight * sized.ofEach }));
  };
  const apart = (many: number) => {
    const name = apartName(many);
    return warm(name, many, () => openApart(name, many, { ofEach: 1, partitions: 1, inFlight }));
  };
  return {
    id: 'S1',
    title: 'Work of a checkout, by processes of each role and partitions',
    goal: `processor time of all processes within ± ${TOLERANCE * 100} % of one of each with one partition`,
    isOnlyByName: true,
    contestants: [...CROWDS.map(crowd), crowd(AT_ONE), ...APART.map(apart)],
    judge: (results) => {
      const roundsOf = (name: string): readonly Round[] => results.get(name) ?? [];
      const first = roundsOf(crowdName(CROWDS[0]));
      const ratio = (name: string): number => beside(roundsOf(name), first);
      const names = CROWDS.map(crowdName);
      return {
        measured: [...names, crowdName(AT_ONE)].map((name) => `${name}: ${ratio(name).toFixed(2)}`).join('; '),
        limit: [
          `${systemCpuOf(first).median.toFixed(0)} µs a checkout`,
          ...APART.map((many) => `${apartName(many)}, which share nothing: ${ratio(apartName(many)).toFixed(2)}`),
        ].join('; '),
        ratio: null,
        met: names.every((name) => Math.abs(ratio(name) - 1) <= TOLERANCE),
      };
    },
  };
};
