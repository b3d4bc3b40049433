import { useLanguage } from '../language/language.tsx';

interface MoneyGiven {
  /** Decimal, as the API gives it: never counted with as a number. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** An amount as people of the language write it. */
export const Amount = ({ money: { amount, currency } }: { readonly money: MoneyGiven }) => {
  const { language } = useLanguage();
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  return <span>{format.format(amount as Intl.StringNumericLiteral)}</span>;
};
