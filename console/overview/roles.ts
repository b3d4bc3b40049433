import type { OverviewProcessesQuery } from '../../ui/generated/operations.ts';

export type Process = OverviewProcessesQuery['processes'][number];

/** Without one of them, orders do not go on, or nobody sees it. */
const NEEDED = ['gateway', 'relay', 'saga', 'payment', 'audit'] as const;

/** A heartbeat comes every five seconds; the one that is missing may be on its way. */
const FROZEN_SECONDS = 7;

export const isFrozen = ({ silentSeconds }: Pick<Process, 'silentSeconds'>): boolean => silentSeconds > FROZEN_SECONDS;

/** The roles that are needed and that no process plays. */
export const missingRoles = (processes: readonly Pick<Process, 'roles'>[]): readonly string[] =>
  NEEDED.filter((role) => !processes.some(({ roles }) => roles.includes(role)));
