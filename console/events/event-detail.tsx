import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { EventRowFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { IdText } from '../../ui/parts/id-text.tsx';
import { JsonView } from '../../ui/parts/json-view.tsx';
import { EmptyState, ErrorNotice } from '../../ui/parts/notice.tsx';
import { ExactTime } from '../../ui/time/exact-time.tsx';
import { When } from '../../ui/time/when.tsx';
import { ThingLink } from '../thing-link.tsx';
import { DETAIL_TEXTS } from './detail-texts.ts';
import styles from './event-detail.module.css';
import { type FoundEdge, useEffects, useEvent } from './use-event.ts';

/** Where the tail is with that event open beside it. */
export type EventPath = (id: string) => string;

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const EventLink = ({ event, pathOf }: { readonly event: EventRowFragment; readonly pathOf: EventPath }) => (
  <span className={styles['linked']}>
    <Link href={pathOf(event.eventId)}>{event.type}</Link> <ExactTime at={event.occurredAt} />
  </span>
);

interface PartProps {
  readonly edge: FoundEdge;
  readonly pathOf: EventPath;
}

const Cause = ({ edge, pathOf }: PartProps) => {
  const texts = useTexts(DETAIL_TEXTS);
  const { causationId } = edge.node;
  const { edge: cause } = useEvent(causationId);
  if (causationId === null) return texts.noCause;
  if (cause === undefined) return <code>{causationId}</code>;
  if (cause !== null) return <EventLink event={cause.node} pathOf={pathOf} />;
  return (
    <>
      <code>{causationId}</code> ({texts.command})
    </>
  );
};

const Effects = ({ edge, pathOf }: PartProps) => {
  const texts = useTexts(DETAIL_TEXTS);
  const effects = useEffects(edge);
  if (effects.length === 0) return texts.noEffects;
  return (
    <ul>
      {effects.map((event) => (
        <li key={event.eventId}>
          <EventLink event={event} pathOf={pathOf} />
        </li>
      ))}
    </ul>
  );
};

const filtered = (name: string, value: string, eventId: string): string =>
  `/events?${new URLSearchParams({ [name]: value, event: eventId }).toString()}`;

const Facts = ({ edge, pathOf }: PartProps) => {
  const texts = useTexts(DETAIL_TEXTS);
  const { eventId, occurredAt, aggregateId, version, correlationId, stream, producerInstance } = edge.node;
  return (
    <dl className={styles['facts']}>
      <Fact name={texts.id}>
        <IdText id={eventId} what={texts.theId} />
      </Fact>
      <Fact name={texts.at}>
        <ExactTime at={occurredAt} /> (<When at={occurredAt} />)
      </Fact>
      <Fact name={texts.of}>
        <ThingLink id={aggregateId} />, {texts.version(version)} ·{' '}
        <Link href={filtered('aggregate', aggregateId, eventId)}>{texts.allOf}</Link>
      </Fact>
      <Fact name={texts.saga}>
        <ThingLink id={correlationId} /> ·{' '}
        <Link href={filtered('correlation', correlationId, eventId)}>{texts.wholeSaga}</Link>
      </Fact>
      <Fact name={texts.cause}>
        <Cause edge={edge} pathOf={pathOf} />
      </Fact>
      <Fact name={texts.effects}>
        <Effects edge={edge} pathOf={pathOf} />
      </Fact>
      <Fact name={texts.by}>{producerInstance}</Fact>
      <Fact name={texts.stream}>{stream}</Fact>
    </dl>
  );
};

interface EventDetailProps {
  readonly id: string;
  readonly pathOf: EventPath;
  /** Where the tail is with nothing beside it. */
  readonly closedPath: string;
}

/** One event whole, with its cause and its effects. */
export const EventDetail = ({ id, pathOf, closedPath }: EventDetailProps) => {
  const texts = useTexts(DETAIL_TEXTS);
  const { edge, error } = useEvent(id);
  if (error !== undefined)
    return (
      <ErrorNotice title={texts.failed} action={<Link href={closedPath}>{texts.close}</Link>}>
        <p>{error.graphQLErrors[0]?.message ?? error.networkError?.message}</p>
      </ErrorNotice>
    );
  if (edge === undefined) return <aside className={styles['detail']} aria-busy="true" />;
  if (edge === null)
    return (
      <EmptyState title={texts.unknown} action={<Link href={closedPath}>{texts.close}</Link>}>
        <p>{texts.unknownHow}</p>
      </EmptyState>
    );
  return (
    <aside className={styles['detail']} aria-label={edge.node.type}>
      <header>
        <h2>{edge.node.type}</h2>
        <Link href={closedPath}>{texts.close}</Link>
      </header>
      <Facts edge={edge} pathOf={pathOf} />
      <h3>{texts.data}</h3>
      <JsonView value={edge.node.data} label={texts.data} />
    </aside>
  );
};
