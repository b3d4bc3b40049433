import { type Client, useClient } from 'urql';
import { Link } from 'wouter';
import type { Outcome } from '../../ui/client/outcome.ts';
import { ProductEvents, type ProductEventsQuery } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { JsonView } from '../../ui/parts/json-view.tsx';
import { useMay } from '../sign-in/viewer-context.ts';
import { DIALOG_TEXTS } from './texts.ts';

type ProductEvent = ProductEventsQuery['events']['edges'][number]['node'];

interface Sought {
  readonly productId: string;
  readonly type: string;
}

const newest = async (client: Client, { productId, type }: Sought): Promise<ProductEvent | null> => {
  // No older than what the same viewer has just done: the gateway sees to that.
  const { data } = await client.query(ProductEvents, { id: productId });
  return data?.events.edges.map(({ node }) => node).findLast((event) => event.type === type) ?? null;
};

/** Finds the event that a command on a product has just made; null for who may not see it. */
export const useMadeEvent = () => {
  const client = useClient();
  const maySee = useMay('events:read');
  return async (outcome: Outcome<object>, sought: Sought): Promise<Outcome<ProductEvent | null>> =>
    outcome.kind === 'Refused' ? outcome : { kind: 'Done', value: maySee ? await newest(client, sought) : null };
};

const MadeEvent = ({ event }: { readonly event: ProductEvent | null }) => {
  const texts = useTexts(DIALOG_TEXTS);
  if (event === null) return <p>{texts.madeUnseen}</p>;
  return (
    <>
      <p>
        {texts.made} <Link href={`/events?event=${event.eventId}`}>{event.type}</Link>
      </p>
      <JsonView value={event.data} label={event.type} />
    </>
  );
};

export const showMadeEvent = (event: ProductEvent | null) => <MadeEvent event={event} />;
