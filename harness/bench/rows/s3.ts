import { type Row, systemCpuOf } from '../measure/index.ts';
import { beside } from './beside.ts';
import { openCrowd } from './crowd.ts';
import type { Scale } from './scale.ts';

const ONE = 'one Redis';
const CLUSTER = 'a cluster of three masters and three replicas';
const LIMIT = 1.2;
const IN_FLIGHT = { full: 128, quick: 8 } as const;

const shape = { ofEach: 1, partitions: 1 } as const;

/** Replicas are among the processes that count: nobody runs a cluster without. */
export const s3 = ({ isQuick }: Scale): Row => {
  const inFlight = isQuick ? IN_FLIGHT.quick : IN_FLIGHT.full;
  return {
    id: 'S3',
    title: 'Work of a checkout, with a Redis Cluster and with one Redis',
    goal: `at most ${LIMIT} × the processor time of all processes`,
    isOnlyByName: true,
    contestants: [
      () => openCrowd(ONE, { ...shape, inFlight }),
      () => openCrowd(CLUSTER, { ...shape, inFlight, isCluster: true }),
    ],
    judge: (results) => {
      const [one, cluster] = [results.get(ONE) ?? [], results.get(CLUSTER) ?? []];
      const ratio = beside(cluster, one);
      return {
        measured: `${systemCpuOf(cluster).median.toFixed(0)} µs a checkout`,
        limit: `${systemCpuOf(one).median.toFixed(0)} µs a checkout`,
        ratio,
        met: ratio <= LIMIT,
      };
    },
  };
};
