import type { Round, Row } from '../measure/index.ts';
import { openMoving } from './moving-partitions.ts';

const GOAL_MS = 5_000;
const MOVING = 'panier, three processes that work';

/** The figures are of all rounds so far: the last round's are of all. */
const lastOf = (rounds: readonly Round[], figure: string): number => rounds.at(-1)?.figures?.[figure] ?? 0;

/** How long events of partitions wait whose process goes: default leases, four partitions and the plain streams, three groups. */
export const s4 = (): Row => ({
  id: 'S4',
  title: 'Until the partitions of a process that goes are read again',
  goal: `p99 ≤ ${GOAL_MS / 1_000} s after SIGKILL and after SIGSTOP`,
  isOnlyByName: true,
  contestants: [() => openMoving(MOVING)],
  judge: (results) => {
    const rounds = results.get(MOVING) ?? [];
    const told = (going: string): string =>
      `${going} p50 ${lastOf(rounds, `${going} p50`).toFixed(0)}, p99 ${lastOf(rounds, `${going} p99`).toFixed(0)}, longest ${lastOf(rounds, `${going} max`).toFixed(0)} ms`;
    const worst = Math.max(lastOf(rounds, 'SIGKILL p99'), lastOf(rounds, 'SIGSTOP p99'));
    return {
      measured: ['SIGKILL', 'SIGSTOP', 'SIGTERM'].map(told).join('; '),
      limit: '–',
      ratio: null,
      met: worst > 0 && worst <= GOAL_MS,
    };
  },
});
