import { useSearchParams } from 'wouter';
import type { DeadLetterState } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState, ErrorNotice } from '../../ui/parts/notice.tsx';
import { StaleNotice } from '../../ui/parts/stale-notice.tsx';
import { Tabs } from '../../ui/parts/tabs.tsx';
import { PAGE_TITLES } from '../page-titles.ts';
import { useMay } from '../sign-in/viewer-context.ts';
import styles from './dead-letters.module.css';
import { DecidableLetters } from './decidable-letters.tsx';
import { GroupFilter } from './group-filter.tsx';
import { LetterItem } from './letter-item.tsx';
import { Paging } from './paging.tsx';
import { TEXTS } from './texts.ts';
import { type Shown, useLetters } from './use-letters.ts';

const STATES = ['OPEN', 'RETRIED', 'DISCARDED'] as const satisfies readonly DeadLetterState[];

const shownBy = (params: URLSearchParams): Shown => ({
  state: STATES.find((state) => state === params.get('state')) ?? 'OPEN',
  group: params.get('group'),
  after: params.get('after'),
});

/** Another list begins at its first page. */
const addressOf = ({ state, group }: Pick<Shown, 'state' | 'group'>): Readonly<Record<string, string>> => ({
  ...(state === 'OPEN' ? {} : { state }),
  ...(group === null || group === '' ? {} : { group }),
});

const Letters = ({ shown }: { readonly shown: Shown }) => {
  const texts = useTexts(TEXTS);
  const { data, error } = useLetters(shown);
  const may = useMay('repair');
  if (data === undefined && error !== undefined)
    return (
      <ErrorNotice title={texts.failed}>
        <p>{error.message}</p>
      </ErrorNotice>
    );
  if (data === undefined) return <Loading />;
  const letters = data.deadLetters.edges.map(({ node }) => node);
  return (
    <>
      <StaleNotice error={error} />
      {shown.state === 'OPEN' && may ? (
        <DecidableLetters letters={letters} />
      ) : (
        <ul className={styles['letters']} aria-label={texts.list}>
          {letters.map((letter) => (
            <LetterItem key={letter.id} letter={letter} choosing={null} />
          ))}
        </ul>
      )}
      {letters.length === 0 && (
        <EmptyState title={texts.empty[shown.state].title}>{texts.empty[shown.state].what}</EmptyState>
      )}
      <Paging page={data.deadLetters.pageInfo} isFirst={shown.after === null} />
    </>
  );
};

const DeadLettersPage = () => {
  const texts = useTexts(TEXTS);
  const may = useMay('repair');
  const [params, setParams] = useSearchParams();
  const shown = shownBy(params);
  return (
    <div className={styles['page']}>
      <h1>{useTexts(PAGE_TITLES)['dead-letters']}</h1>
      <p>{texts.about}</p>
      {!may && <p className={styles['mayNot']}>{texts.mayNot}</p>}
      <Tabs
        label={texts.list}
        tabs={STATES.map((key) => ({ key, title: texts.states[key] }))}
        chosen={shown.state}
        onChoose={(state) => setParams(addressOf({ ...shown, state }))}
      >
        <GroupFilter chosen={shown.group} onChoose={(group) => setParams(addressOf({ ...shown, group }))} />
        <Letters key={JSON.stringify(shown)} shown={shown} />
      </Tabs>
    </div>
  );
};

export default DeadLettersPage;
