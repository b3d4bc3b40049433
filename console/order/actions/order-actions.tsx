import { useState } from 'react';
import { useTexts } from '../../../ui/language/language.tsx';
import { Button } from '../../../ui/parts/button.tsx';
import { useMay } from '../../sign-in/viewer-context.ts';
import styles from '../order-page.module.css';
import type { OrderHead } from '../order-state.ts';
import { type Action, actionsOf } from './actions-of.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { PayDialog } from './pay-dialog.tsx';
import { ReorderDialog } from './reorder-dialog.tsx';
import { ACTION_TEXTS } from './texts.ts';

const DIALOGS = { pay: PayDialog, cancel: CancelDialog, reorder: ReorderDialog } as const;

/** What can be done about an order, each with a dialog of its own, which stays when the order goes on meanwhile. */
export const OrderActions = ({ head }: { readonly head: OrderHead }) => {
  const texts = useTexts(ACTION_TEXTS);
  const mayWrite = useMay('orders:write');
  const [open, setOpen] = useState<Action | null>(null);
  if (!mayWrite) return <p>{texts.mayNot}</p>;
  const Dialog = open === null ? null : DIALOGS[open];
  return (
    <div className={styles['actions']}>
      {actionsOf(head).map((action) => (
        <Button key={action} look={action === 'cancel' ? 'danger' : 'plain'} onClick={() => setOpen(action)}>
          {texts[action]}
        </Button>
      ))}
      {Dialog !== null && <Dialog orderId={head.id} onClose={() => setOpen(null)} />}
    </div>
  );
};
