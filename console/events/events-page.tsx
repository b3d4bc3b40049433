import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useFilters } from '../../ui/filters/use-filters.ts';
import { useOpened } from '../../ui/filters/use-opened.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { useHeld } from '../../ui/live-list/use-held.ts';
import { Button } from '../../ui/parts/button.tsx';
import { PAGE_TITLES } from '../page-titles.ts';
import { Forbidden } from '../sign-in/forbidden.tsx';
import { useMay } from '../sign-in/viewer-context.ts';
import { EventDetail } from './event-detail.tsx';
import { EVENT_FILTERS, eventFilterOf } from './event-filters.ts';
import styles from './events.module.css';
import { EventsFilters } from './events-filters.tsx';
import { EventsTail } from './events-tail.tsx';
import { TEXTS } from './texts.ts';
import { useTail } from './use-tail.ts';

const Events = () => {
  const title = useTexts(PAGE_TITLES).events;
  const texts = useTexts(TEXTS);
  const filters = useFilters(EVENT_FILTERS);
  const opened = useOpened('/events', 'event');
  const [, navigate] = useLocation();
  const rows = useRef<HTMLDivElement>(null);
  const [isPaused, setIsPaused] = useState(false);
  const isHeld = useHeld(rows);
  const tail = useTail(eventFilterOf(filters.values), isPaused || isHeld);
  const { id: openId, pathOf } = opened;
  return (
    <>
      <div className={styles['head']}>
        <h1>{title}</h1>
        <output className={`${styles['state']} ${isPaused ? styles['paused'] : ''}`}>
          {isPaused ? texts.paused(tail.heldCount) : texts.live}
        </output>
        <Button onClick={() => setIsPaused(!isPaused)}>{isPaused ? texts.resume : texts.pause}</Button>
      </div>
      <EventsFilters filters={filters} eventId={openId} onEventId={(id, options) => navigate(pathOf(id), options)} />
      <div className={`${styles['beside']} ${openId === '' ? '' : styles['isOpen']}`}>
        <div ref={rows}>
          <EventsTail tail={tail} isFiltered={filters.areSet} openId={openId} pathOf={pathOf} />
        </div>
        {openId !== '' && (
          <div className={styles['aside']}>
            <EventDetail key={openId} id={openId} pathOf={pathOf} closedPath={pathOf('')} />
          </div>
        )}
      </div>
    </>
  );
};

const EventsPage = () => {
  const texts = useTexts(TEXTS);
  if (useMay('events:read')) return <Events />;
  return <Forbidden texts={texts} />;
};

export default EventsPage;
