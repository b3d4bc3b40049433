import { useSearchParams } from 'wouter';
import { useRepeated } from '../../ui/client/use-repeated.ts';
import { OverviewGroups } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { ErrorNotice } from '../../ui/parts/notice.tsx';
import { StaleNotice } from '../../ui/parts/stale-notice.tsx';
import { PAGE_TITLES } from '../page-titles.ts';
import { useMay } from '../sign-in/viewer-context.ts';
import { AttentionCard } from './attention-card.tsx';
import { GroupsCard } from './groups-card.tsx';
import { DurationsCard, StatusesCard } from './orders-cards.tsx';
import styles from './overview.module.css';
import { ProcessesCard } from './processes-card.tsx';
import { RatesCard, readWindow } from './rates-card.tsx';
import { TEXTS } from './texts.ts';
import { useStats } from './use-stats.ts';

const EVERY_MS = 3_000;

const OverviewPage = () => {
  const texts = useTexts(TEXTS);
  const titles = useTexts(PAGE_TITLES);
  const mayOrders = useMay('orders:read');
  const mayEvents = useMay('events:read');
  const [params] = useSearchParams();
  const window = readWindow(params.get('window'));
  const { stats, error } = useStats(window, mayOrders);
  const groups = useRepeated({ document: OverviewGroups, variables: mayEvents ? {} : null, everyMs: EVERY_MS });
  const troubles = [
    ...(stats === undefined ? [error] : []),
    ...(groups.data === undefined ? [groups.error] : []),
  ].filter((each) => each !== undefined);
  return (
    <div className={styles['page']}>
      <h1>{titles.overview}</h1>
      {!mayOrders && <p className={styles['mayNot']}>{texts.mayNotOrders}</p>}
      {!mayEvents && <p className={styles['mayNot']}>{texts.mayNotEvents}</p>}
      {stats !== undefined && <StaleNotice error={error ?? groups.error} />}
      {troubles.map(({ message }) => (
        <ErrorNotice key={message} title={texts.failed}>
          <p>{message}</p>
        </ErrorNotice>
      ))}
      {mayOrders && stats === undefined && error === undefined && <Loading />}
      <AttentionCard groups={groups.data?.consumerGroups} oldestOpenAt={stats?.oldestOpenAt} />
      {stats !== undefined && (
        <>
          <RatesCard stats={stats} window={window} />
          <div className={styles['pair']}>
            <StatusesCard stats={stats} />
            <DurationsCard stats={stats} />
          </div>
        </>
      )}
      {groups.data !== undefined && <GroupsCard readers={groups.data.consumerGroups} />}
      {mayEvents && <ProcessesCard />}
    </div>
  );
};

export default OverviewPage;
