import { lazy, Suspense } from 'react';
import { useTexts } from '../../ui/language/language.tsx';
import { CopyButton } from '../../ui/parts/copy-button.tsx';
import { payments } from '../checkout/payments.ts';
import styles from './order.module.css';
import { ORDER_TEXTS } from './texts.ts';

const BankConfirmation = lazy(() => import('../stripe/bank-confirmation.tsx'));

/** The simulated provider has no bank behind it: the customer plays it, too. */
const SimulatedBank = ({ clientSecret }: { readonly clientSecret: string }) => {
  const texts = useTexts(ORDER_TEXTS);
  const command = `npm run authenticate -- ${clientSecret}`;
  return (
    <div className={styles['bank']}>
      <p>{texts.bankHow}</p>
      <div className={styles['command']}>
        <code>{command}</code>
        <CopyButton text={command} what={texts.bankCommand} />
      </div>
      <p>{texts.bankRefuse}</p>
    </div>
  );
};

interface BankProps {
  readonly nextAction: { readonly url: string | null; readonly clientSecret: string | null };
}

/** What the customer has to do for a payment. */
export const Bank = ({ nextAction: { url, clientSecret } }: BankProps) => {
  const texts = useTexts(ORDER_TEXTS);
  const how = payments();
  if (url !== null)
    return (
      <a href={url} className={styles['go']}>
        {texts.bankPage}
      </a>
    );
  if (clientSecret === null) return null;
  if (how.kind !== 'Stripe') return <SimulatedBank clientSecret={clientSecret} />;
  return (
    <Suspense fallback={null}>
      <div className={styles['bank']}>
        <BankConfirmation {...how} clientSecret={clientSecret} />
      </div>
    </Suspense>
  );
};
