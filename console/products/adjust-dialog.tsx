import { useClient } from 'urql';
import { outcomeOf } from '../../ui/client/outcome.ts';
import { ProductAdjust, type ProductRowFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { type AskedFor, ReasonDialog } from '../../ui/parts/reason-dialog.tsx';
import { showMadeEvent, useMadeEvent } from './made-event.tsx';
import { DIALOG_TEXTS } from './texts.ts';

interface AdjustDialogProps {
  readonly product: ProductRowFragment;
  readonly onClose: () => void;
}

export const AdjustDialog = ({ product, onClose }: AdjustDialogProps) => {
  const client = useClient();
  const texts = useTexts(DIALOG_TEXTS);
  const madeBy = useMadeEvent();
  const ask = async ({ reason, form, key }: AskedFor) => {
    const input = { productId: product.id, delta: Number(form.get('delta')), reason, idempotencyKey: key };
    const answer = await client.mutation(ProductAdjust, { input });
    return madeBy(
      outcomeOf(answer, ({ adjustStock }) => adjustStock),
      { productId: product.id, type: 'StockAdjusted' },
    );
  };
  return (
    <ReasonDialog
      title={texts.adjustTitle(product.name)}
      description={<p>{texts.adjustHow(product.available)}</p>}
      submit={texts.adjust}
      reason="required"
      ask={ask}
      done={showMadeEvent}
      onClose={onClose}
    >
      <label>
        {texts.delta}
        <input name="delta" type="number" step={1} required />
      </label>
    </ReasonDialog>
  );
};
