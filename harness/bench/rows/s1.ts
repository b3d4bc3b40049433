import { type Round, type Row, systemCpuOf } from '../measure/index.ts';
import { afresh } from './afresh.ts';
import { beside } from './beside.ts';
import { openCrowd } from './crowd.ts';
import type { Scale } from './scale.ts';

/** How many processes of each role, and how many partitions. The first is what the others are compared with. */
const CROWDS = [
  { ofEach: 1, partitions: 1 },
  { ofEach: 2, partitions: 1 },
  { ofEach: 4, partitions: 1 },
  { ofEach: 1, partitions: 4 },
  { ofEach: 2, partitions: 4 },
  { ofEach: 1, partitions: 8 },
  { ofEach: 4, partitions: 8 },
] as const;

type Crowd = (typeof CROWDS)[number];

const TOLERANCE = 0.1;
/** Customers of each gateway: more processes are there for more of them, and batches are as large as what is in flight. */
const IN_FLIGHT = { full: 128, quick: 8 } as const;

const nameOf = ({ ofEach, partitions }: Crowd): string => `${ofEach} of each, N = ${partitions}`;

/** More processes, or more partitions, are to divide the work, and not to add to it. */
export const s1 = ({ isQuick }: Scale): Row => ({
  id: 'S1',
  title: 'Work of a checkout, by processes of each role and partitions',
  goal: `processor time of all processes within ± ${TOLERANCE * 100} % of one of each with one partition`,
  isOnlyByName: true,
  contestants: CROWDS.map((crowd) => async () => {
    const inFlight = (isQuick ? IN_FLIGHT.quick : IN_FLIGHT.full) * crowd.ofEach;
    const open = () => openCrowd(nameOf(crowd), { ...crowd, inFlight });
    // Of several processes each is as warm as one that had all of the work.
    return afresh(nameOf(crowd), { open, warmUps: crowd.ofEach });
  }),
  judge: (results) => {
    const roundsOf = (crowd: Crowd): readonly Round[] => results.get(nameOf(crowd)) ?? [];
    const first = roundsOf(CROWDS[0]);
    const ratios = CROWDS.map((crowd) => ({ name: nameOf(crowd), ratio: beside(roundsOf(crowd), first) }));
    return {
      measured: ratios.map(({ name, ratio }) => `${name}: ${ratio.toFixed(2)}`).join('; '),
      limit: `${systemCpuOf(first).median.toFixed(0)} µs a checkout`,
      ratio: null,
      met: ratios.every(({ ratio }) => Math.abs(ratio - 1) <= TOLERANCE),
    };
  },
});
