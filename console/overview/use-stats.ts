import { useState } from 'react';
import { useLive } from '../../ui/client/use-live.ts';
import { useRepeated } from '../../ui/client/use-repeated.ts';
import { OverviewStats, OverviewStatsChanges, type StatsWindow } from '../../ui/generated/operations.ts';
import { newerOf, type Stats } from './rates.ts';

/** While nothing happens nothing is told, though the window goes on: so it is asked for, too. */
const EVERY_MS: Readonly<Record<StatsWindow, number>> = { FIVE_MINUTES: 2_000, HOUR: 5_000, DAY: 30_000 };

/** What orders come to within the window, as it changes. */
export const useStats = (window: StatsWindow, may: boolean) => {
  const [told, setTold] = useState<{ readonly window: StatsWindow; readonly stats: Stats } | null>(null);
  const variables = may ? { window } : null;
  useLive({
    document: OverviewStatsChanges,
    variables,
    onUpdate: ({ stats }) => setTold({ window, stats }),
  });
  const { data, error } = useRepeated({ document: OverviewStats, variables, everyMs: EVERY_MS[window] });
  return { stats: newerOf(told?.window === window ? told.stats : undefined, data?.stats), error };
};
