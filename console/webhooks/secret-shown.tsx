import { useTexts } from '../../ui/language/language.tsx';
import { IdText } from '../../ui/parts/id-text.tsx';
import { TEXTS } from './texts.ts';
import styles from './webhooks.module.css';

/** A secret, which nobody can show again. */
export const SecretShown = ({ secret }: { readonly secret: string }) => {
  const texts = useTexts(TEXTS);
  return (
    <>
      <p>{texts.secretOnce}</p>
      <p className={styles['secret']}>
        <IdText id={secret} what={texts.secret} />
      </p>
    </>
  );
};
