import { useMemo } from 'react';
import { Link } from 'wouter';
import type { StatsWindow } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Curves } from '../../ui/parts/curves.tsx';
import { EmptyState } from '../../ui/parts/notice.tsx';
import { Card } from './card.tsx';
import styles from './overview.module.css';
import { perSecond, type Stats } from './rates.ts';
import { TEXTS } from './texts.ts';

const CURVES = [
  { rate: 'checkouts', look: 'busy' },
  { rate: 'confirmations', look: 'good' },
  { rate: 'rejections', look: 'warn' },
  { rate: 'cancellations', look: 'bad' },
] as const;

const WINDOWS = ['FIVE_MINUTES', 'HOUR', 'DAY'] as const satisfies readonly StatsWindow[];
const USUAL: StatsWindow = 'FIVE_MINUTES';

/** The window that the address asks for. */
export const readWindow = (given: string | null): StatsWindow => WINDOWS.find((each) => each === given) ?? USUAL;

const Windows = ({ chosen }: { readonly chosen: StatsWindow }) => {
  const texts = useTexts(TEXTS);
  return (
    <nav className={styles['windows']} aria-label={texts.window}>
      {WINDOWS.map((each) => (
        <Link
          key={each}
          href={each === USUAL ? '/' : `/?window=${each}`}
          aria-current={each === chosen ? 'true' : undefined}
        >
          {texts.windows[each]}
        </Link>
      ))}
    </nav>
  );
};

interface RatesCardProps {
  readonly stats: Stats;
  readonly window: StatsWindow;
}

/** What happens to orders, a second. */
export const RatesCard = ({ stats, window }: RatesCardProps) => {
  const texts = useTexts(TEXTS);
  const curves = useMemo(
    () => CURVES.map(({ rate, look }) => ({ name: texts.curves[rate], look, values: perSecond(stats, rate) })),
    [stats, texts],
  );
  const isEmpty = stats.orders.every(({ count }) => count === 0);
  return (
    <Card title={texts.rates} aside={<Windows chosen={window} />}>
      {isEmpty ? (
        <EmptyState title={texts.noneYet}>{texts.noneYetWhat}</EmptyState>
      ) : (
        <Curves
          label={texts.ratesLabel}
          fromMs={Date.parse(stats.from)}
          stepMs={stats.bucketSeconds * 1_000}
          curves={curves}
        />
      )}
    </Card>
  );
};
