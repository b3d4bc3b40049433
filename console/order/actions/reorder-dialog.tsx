import { useClient } from 'urql';
import { Link } from 'wouter';
import { assertNever } from '../../../ui/assert-never.ts';
import { type Outcome, outcomeOf } from '../../../ui/client/outcome.ts';
import { OrderReorder, type OrderReorderMutation } from '../../../ui/generated/operations.ts';
import { useTexts } from '../../../ui/language/language.tsx';
import { type AskedFor, ReasonDialog } from '../../../ui/parts/reason-dialog.tsx';
import styles from '../order-page.module.css';
import type { OrderDialogProps } from './cancel-dialog.tsx';
import { type Made, madeEvent, ShownEvent } from './made-event.tsx';
import { ACTION_TEXTS } from './texts.ts';

type Reordered = Extract<OrderReorderMutation['reorder'], { readonly __typename: 'Reordered' }>;
type Change = Reordered['changes'][number];

interface Done {
  readonly reordered: Reordered;
  readonly event: Made;
}

const ChangeText = ({ change }: { readonly change: Change }) => {
  const texts = useTexts(ACTION_TEXTS);
  const product = change.product?.name ?? change.productId;
  switch (change.kind) {
    case 'GONE':
      return texts.gone(product);
    case 'PRICE_CHANGED':
      return texts.dearer(product);
    case 'SHORT':
      return texts.short(product, change.available ?? 0);
  }
  return assertNever(change.kind);
};

const ShownCart = ({ done: { reordered, event } }: { readonly done: Done }) => {
  const texts = useTexts(ACTION_TEXTS);
  const { cart, changes } = reordered;
  return (
    <div className={styles['made']}>
      <p>
        {texts.newCart} <Link href={`/carts/${cart.id}`}>{cart.id}</Link>
      </p>
      <p>{changes.length === 0 ? texts.sameLines : texts.changes}</p>
      <ul>
        {changes.map((change) => (
          <li key={`${change.productId} ${change.kind}`}>
            <ChangeText change={change} />
          </li>
        ))}
      </ul>
      <ShownEvent event={event} />
    </div>
  );
};

const shownCart = (done: Done) => <ShownCart done={done} />;

export const ReorderDialog = ({ orderId, onClose }: OrderDialogProps) => {
  const client = useClient();
  const texts = useTexts(ACTION_TEXTS);
  const ask = async ({ key }: AskedFor): Promise<Outcome<Done>> => {
    const input = { orderId, idempotencyKey: key };
    const asked = outcomeOf(await client.mutation(OrderReorder, { input }).toPromise(), (data) => data.reorder);
    if (asked.kind === 'Refused') return asked;
    const { id: aggregateId, consistencyToken: token } = asked.value.cart;
    const event = await madeEvent(client, { aggregateId, type: 'CartCreated', token }, 0);
    return { kind: 'Done', value: { reordered: asked.value, event } };
  };
  return (
    <ReasonDialog
      title={texts.reorderTitle}
      description={texts.reorderSays}
      submit={texts.reorder}
      reason="none"
      ask={ask}
      done={shownCart}
      onClose={onClose}
    />
  );
};
