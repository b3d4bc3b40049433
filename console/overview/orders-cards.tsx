import { Link } from 'wouter';
import { useLanguage, useTexts } from '../../ui/language/language.tsx';
import { type PlainColumn, PlainTable } from '../../ui/parts/plain-table.tsx';
import { STATUS_TEXTS, StatusBadge } from '../../ui/parts/status-badge.tsx';
import { Tile, Tiles } from '../../ui/parts/tiles.tsx';
import { durationIn } from '../../ui/time/duration.ts';
import { Card } from './card.tsx';
import styles from './overview.module.css';
import type { Stats } from './rates.ts';
import { TEXTS, type Texts } from './texts.ts';

interface OfStats {
  readonly stats: Stats;
}

/** How many orders have each status; each leads to these orders. */
export const StatusesCard = ({ stats }: OfStats) => {
  const texts = useTexts(TEXTS);
  const names = useTexts(STATUS_TEXTS);
  const { locale } = useLanguage();
  return (
    <Card title={texts.statuses}>
      <Tiles>
        {stats.orders.map(({ status, count }) => (
          <Tile key={status} label={<Link href={`/orders?status=${status}`}>{names[status]}</Link>}>
            {count.toLocaleString(locale)}
          </Tile>
        ))}
      </Tiles>
    </Card>
  );
};

type Duration = Stats['durations'][number];

const columnsOf = (texts: Texts, locale: string): readonly PlainColumn<Duration>[] => [
  { title: texts.outcome, cell: ({ outcome }) => <StatusBadge status={outcome} /> },
  { title: texts.orders, isNumber: true, cell: ({ count }) => count.toLocaleString(locale) },
  { title: texts.half, isNumber: true, cell: ({ p50Ms }) => durationIn(p50Ms, locale) },
  { title: texts.most, isNumber: true, cell: ({ p99Ms }) => durationIn(p99Ms, locale) },
];

/** How long orders took that came to their end within the window. */
export const DurationsCard = ({ stats }: OfStats) => {
  const texts = useTexts(TEXTS);
  const { locale } = useLanguage();
  if (stats.durations.length === 0)
    return (
      <Card title={texts.durations}>
        <p className={styles['quiet']}>{texts.durationsNone}</p>
      </Card>
    );
  return (
    <Card title={texts.durations}>
      <PlainTable
        label={texts.durations}
        rows={stats.durations}
        keyOf={({ outcome }) => outcome}
        columns={columnsOf(texts, locale)}
      />
    </Card>
  );
};
