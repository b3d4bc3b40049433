import { Link } from 'wouter';
import { useRepeated } from '../../ui/client/use-repeated.ts';
import { PaymentContradictions, type PaymentContradictionsQuery } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { type PlainColumn, PlainTable } from '../../ui/parts/plain-table.tsx';
import { When } from '../../ui/time/when.tsx';
import styles from './payments.module.css';
import { TEXTS, type Texts } from './texts.ts';

const MOST = 50;
const EVERY_MS = 5_000;

type Contradiction = PaymentContradictionsQuery['contradictions']['edges'][number]['node'];

const columnsOf = (texts: Texts): readonly PlainColumn<Contradiction>[] => [
  {
    title: texts.order,
    cell: ({ orderId }) => (
      <Link href={`/orders/${orderId}`}>
        <code>{orderId}</code>
      </Link>
    ),
  },
  { title: texts.what, cell: ({ event: { type } }) => type },
  {
    title: texts.notBelieved,
    cell: ({ reason, more }) => (
      <span>
        <span lang="en">{reason}</span> {more > 0 && texts.more(more)}
      </span>
    ),
  },
  { title: texts.whoSaid, cell: ({ event: { producerInstance } }) => producerInstance },
  { title: texts.when, cell: ({ event: { occurredAt } }) => <When at={occurredAt} /> },
];

/** What was said of payments and is not believed. */
export const Contradictions = () => {
  const texts = useTexts(TEXTS);
  const { data } = useRepeated({ document: PaymentContradictions, variables: { last: MOST }, everyMs: EVERY_MS });
  if (data === undefined) return null;
  const about = data.contradictions.edges
    .map(({ node }) => node)
    .filter(({ event }) => event.type.startsWith('Payment'))
    .toReversed();
  return (
    <section className={styles['section']}>
      <h2>{texts.contradictions}</h2>
      <p>{about.length === 0 ? texts.noContradiction : texts.contradictionsWhat}</p>
      {about.length > 0 && (
        <PlainTable
          label={texts.contradictions}
          columns={columnsOf(texts)}
          rows={about}
          keyOf={({ event }) => event.eventId}
        />
      )}
    </section>
  );
};
