import { useTexts } from '../../ui/language/language.tsx';
import { CopyButton } from '../../ui/parts/copy-button.tsx';
import styles from './order.module.css';
import { ORDER_TEXTS } from './texts.ts';

interface BankProps {
  readonly nextAction: { readonly url: string | null; readonly clientSecret: string | null };
}

/** What the customer has to do for a payment: at the simulated provider they play the bank, too. */
export const Bank = ({ nextAction: { url, clientSecret } }: BankProps) => {
  const texts = useTexts(ORDER_TEXTS);
  const command = `npm run authenticate -- ${clientSecret}`;
  if (url !== null)
    return (
      <a href={url} className={styles['go']}>
        {texts.bankPage}
      </a>
    );
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
