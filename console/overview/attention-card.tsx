import { Link } from 'wouter';
import { useRepeated } from '../../ui/client/use-repeated.ts';
import { OverviewBacklog, type OverviewGroupsQuery, OverviewStuck } from '../../ui/generated/operations.ts';
import { useLanguage, useTexts } from '../../ui/language/language.tsx';
import { Tile, Tiles } from '../../ui/parts/tiles.tsx';
import { useNowMs } from '../../ui/time/clock.ts';
import { durationIn } from '../../ui/time/duration.ts';
import { When } from '../../ui/time/when.tsx';
import { useMay } from '../sign-in/viewer-context.ts';
import { Card } from './card.tsx';
import { TEXTS } from './texts.ts';

const EVERY_MS = 3_000;
const MOST_STUCK = 100;
/** Longer than this, what waits is no wave. */
const LATE_SECONDS = 10;

const lookOf = (isWell: boolean): 'plain' | 'bad' => (isWell ? 'plain' : 'bad');

const StuckTile = () => {
  const texts = useTexts(TEXTS);
  const may = useMay('orders:read');
  const { data } = useRepeated({
    document: OverviewStuck,
    variables: may ? { first: MOST_STUCK } : null,
    everyMs: EVERY_MS,
  });
  if (data === undefined) return null;
  const { edges, pageInfo } = data.stuckOrders;
  return (
    <Tile look={lookOf(edges.length === 0)} label={<Link href="/stuck-orders">{texts.stuck}</Link>}>
      {edges.length}
      {pageInfo.hasNextPage && '+'}
    </Tile>
  );
};

const BacklogTiles = () => {
  const texts = useTexts(TEXTS);
  const { locale } = useLanguage();
  const may = useMay('events:read');
  const { data } = useRepeated({ document: OverviewBacklog, variables: may ? {} : null, everyMs: EVERY_MS });
  if (data === undefined) return null;
  const { readSideSeconds, outboxes } = data.backlog;
  return (
    <>
      {outboxes.map(({ journal, length, oldestSeconds }) => (
        <Tile
          key={journal}
          label={texts.outbox(journal)}
          look={lookOf(oldestSeconds < LATE_SECONDS)}
          detail={texts.outboxLength(length)}
        >
          {durationIn(oldestSeconds * 1_000, locale)}
        </Tile>
      ))}
      <Tile
        label={texts.readSide}
        look={lookOf(readSideSeconds !== null && readSideSeconds < LATE_SECONDS)}
        detail={readSideSeconds === 0 ? undefined : texts.readSideWhat}
      >
        {readSideSeconds === null ? texts.unknown : durationIn(readSideSeconds * 1_000, locale)}
      </Tile>
    </>
  );
};

interface AttentionCardProps {
  /** Undefined: it is not known yet, or cannot be. */
  readonly groups: OverviewGroupsQuery['consumerGroups'] | undefined;
  readonly oldestOpenAt: string | null | undefined;
}

/** What an operator looks at first. */
export const AttentionCard = ({ groups, oldestOpenAt }: AttentionCardProps) => {
  const texts = useTexts(TEXTS);
  const { locale } = useLanguage();
  const nowMs = useNowMs();
  const deadLetters = groups?.reduce((total, group) => total + group.deadLetters, 0);
  return (
    <Card title={texts.attention}>
      <Tiles>
        {deadLetters !== undefined && (
          <Tile look={lookOf(deadLetters === 0)} label={<Link href="/dead-letters">{texts.deadLetters}</Link>}>
            {deadLetters}
          </Tile>
        )}
        <StuckTile />
        <BacklogTiles />
        {oldestOpenAt !== undefined && (
          <Tile label={texts.oldestOpen} detail={oldestOpenAt !== null && <When at={oldestOpenAt} />}>
            {oldestOpenAt === null ? texts.none : durationIn(Math.max(0, nowMs - Date.parse(oldestOpenAt)), locale)}
          </Tile>
        )}
      </Tiles>
    </Card>
  );
};
