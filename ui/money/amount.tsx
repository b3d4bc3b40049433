import { useLanguage } from '../language/language.tsx';
import { type Money, moneyText } from './money-text.ts';

/** An amount as people of the language write it. */
export const Amount = ({ money }: { readonly money: Money }) => {
  const { locale } = useLanguage();
  return <span>{moneyText(money, locale)}</span>;
};
