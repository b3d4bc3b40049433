import type { Client } from '@urql/core';
import { OrderMadeEvent, type OrderMadeEventQuery } from '../../../ui/generated/operations.ts';
import { useTexts } from '../../../ui/language/language.tsx';
import { IdText } from '../../../ui/parts/id-text.tsx';
import { JsonView } from '../../../ui/parts/json-view.tsx';
import { When } from '../../../ui/time/when.tsx';
import styles from '../order-page.module.css';
import { ACTION_TEXTS } from './texts.ts';

type MadeEvent = OrderMadeEventQuery['events']['edges'][number]['node'];
/** Null: it was not seen in time, or is not for the viewer. */
export type Made = MadeEvent | null;

interface Asked {
  readonly aggregateId: string;
  readonly type: string;
  /** Of what the command answered with: the event is not looked for before the read side has it. */
  readonly token?: string;
}

const ATTEMPTS = 10;
const BETWEEN_MS = 200;

const newest = async (client: Client, { aggregateId, type, token = '' }: Asked): Promise<Made> => {
  const variables = { aggregateId, types: [type], token: token === '' ? null : token };
  const { data } = await client.query(OrderMadeEvent, variables).toPromise();
  return data?.events.edges[0]?.node ?? null;
};

/**
 * The event that a command made: the newest of its type that happened to that thing. Null when it is not seen in time, or is
 * not for the viewer: the command was carried out all the same.
 */
export const madeEvent = async (client: Client, asked: Asked, sinceMs: number): Promise<Made> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const made = await newest(client, asked);
    if (made !== null && (asked.token !== undefined || Date.parse(made.occurredAt) >= sinceMs)) return made;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
  return null;
};

/** Shows what a command did. */
export const ShownEvent = ({ event }: { readonly event: Made }) => {
  const texts = useTexts(ACTION_TEXTS);
  if (event === null) return <p>{texts.madeUnseen}</p>;
  return (
    <div className={styles['made']}>
      <p>{texts.made}</p>
      <p>
        <strong>{event.type}</strong> · <When at={event.occurredAt} />
        <br />
        <IdText id={event.eventId} what={texts.theEventId} />
      </p>
      <JsonView value={event} label={texts.event(event.type)} />
    </div>
  );
};

export const shownEvent = (event: Made) => <ShownEvent event={event} />;
