import { useState } from 'react';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import styles from './order.module.css';
import { ORDER_TEXTS } from './texts.ts';

interface BankProps {
  readonly nextAction: { readonly url: string | null; readonly clientSecret: string | null };
}

/** What the customer has to do for a payment: at the simulated provider they play the bank, too. */
export const Bank = ({ nextAction: { url, clientSecret } }: BankProps) => {
  const texts = useTexts(ORDER_TEXTS);
  const [isCopied, setCopied] = useState(false);
  const command = `npm run authenticate -- ${clientSecret}`;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(command);
    setCopied(true);
  };
  if (url !== null)
    return (
      <a href={url} className={styles['go']}>
        {texts.bankPage}
      </a>
    );
  return (
    <div className={styles['bank']}>
      <p>{texts.bankHow}</p>
      <pre>{command}</pre>
      <Button onClick={() => void copy()}>{isCopied ? texts.copied : texts.copy}</Button>
      <p>{texts.bankRefuse}</p>
    </div>
  );
};
