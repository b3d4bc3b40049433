import { type Catalogue, useTexts } from '../ui/language/language.tsx';
import styles from './names.module.css';

const TEXTS: Catalogue<{ readonly visitor: string }> = { en: { visitor: 'visitor' }, fr: { visitor: 'visiteur' } };

/** Whose a cart or an order is: a customer's, or a visitor's. */
export const OwnerName = ({ customerId }: { readonly customerId: string | null }) => {
  const texts = useTexts(TEXTS);
  return customerId === null ? <span className={styles['muted']}>{texts.visitor}</span> : customerId;
};
