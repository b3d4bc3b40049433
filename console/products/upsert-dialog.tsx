import { useClient } from 'urql';
import { outcomeOf } from '../../ui/client/outcome.ts';
import { type ProductRowFragment, ProductUpsert } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { type AskedFor, ReasonDialog } from '../../ui/parts/reason-dialog.tsx';
import { showMadeEvent, useMadeEvent } from './made-event.tsx';
import { DIALOG_TEXTS } from './texts.ts';

interface UpsertDialogProps {
  /** Null: a new one. */
  readonly product: ProductRowFragment | null;
  readonly onClose: () => void;
}

const FIRST_CURRENCY = 'EUR';

const textIn = (form: FormData, name: string): string => {
  const given = form.get(name);
  return typeof given === 'string' ? given.trim() : '';
};

export const UpsertDialog = ({ product, onClose }: UpsertDialogProps) => {
  const client = useClient();
  const texts = useTexts(DIALOG_TEXTS);
  const madeBy = useMadeEvent();
  const ask = async ({ form, key }: AskedFor) => {
    const id = product?.id ?? textIn(form, 'id');
    const price = { amount: textIn(form, 'amount'), currency: textIn(form, 'currency') };
    const input = { id, name: textIn(form, 'name'), price, idempotencyKey: key };
    const answer = await client.mutation(ProductUpsert, { input });
    return madeBy(
      outcomeOf(answer, ({ upsertProduct }) => upsertProduct),
      { productId: id, type: 'ProductUpserted' },
    );
  };
  return (
    <ReasonDialog
      title={product === null ? texts.createTitle : texts.editTitle(product.name)}
      submit={product === null ? texts.create : texts.save}
      reason="none"
      ask={ask}
      done={showMadeEvent}
      onClose={onClose}
    >
      {product === null && (
        <label>
          {texts.id}
          <input name="id" defaultValue="prod_" required autoComplete="off" spellCheck={false} />
          <small>{texts.idHow}</small>
        </label>
      )}
      <label>
        {texts.name}
        <input name="name" defaultValue={product?.name} maxLength={200} required autoComplete="off" />
      </label>
      <label>
        {texts.amount}
        <input name="amount" defaultValue={product?.price.amount} inputMode="decimal" required autoComplete="off" />
      </label>
      <label>
        {texts.currency}
        <input
          name="currency"
          defaultValue={product?.price.currency ?? FIRST_CURRENCY}
          pattern="[A-Z]{3}"
          maxLength={3}
          required
          autoComplete="off"
        />
      </label>
    </ReasonDialog>
  );
};
