import { Link } from 'wouter';
import { useRepeated } from '../../ui/client/use-repeated.ts';
import { StuckOrdersAfterwards } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { StatusBadge } from '../../ui/parts/status-badge.tsx';
import { When } from '../../ui/time/when.tsx';
import styles from './stuck-orders.module.css';
import { TEXTS } from './texts.ts';

const EVERY_MS = 2_000;
const MOST = 50;

interface RepairedProps {
  /** That something was done about, the latest last. */
  readonly ids: readonly string[];
  /** Those that are listed still. */
  readonly stuck: ReadonlySet<string>;
}

/** What became of the orders that something was done about here. */
export const Repaired = ({ ids, stuck }: RepairedProps) => {
  const texts = useTexts(TEXTS);
  const asked = ids.slice(-MOST);
  const { data } = useRepeated({
    document: StuckOrdersAfterwards,
    variables: asked.length === 0 ? null : { ids: asked },
    everyMs: EVERY_MS,
  });
  const orders = (data?.nodes ?? []).flatMap((node) =>
    node?.__typename === 'Order' && !stuck.has(node.id) ? [node] : [],
  );
  if (orders.length === 0) return null;
  return (
    <section className={styles['repaired']}>
      <h2>{texts.moved}</h2>
      <ul aria-label={texts.moved}>
        {orders.toReversed().map(({ id, status, updatedAt }) => (
          <li key={id}>
            <Link href={`/orders/${id}`}>
              <code>{id}</code>
            </Link>
            <StatusBadge status={status} />
            <When at={updatedAt} />
          </li>
        ))}
      </ul>
    </section>
  );
};
