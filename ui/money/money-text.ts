/** As the API gives it. */
export interface Money {
  /** Decimal, as the API gives it: never counted with as a number. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** An amount as people of the language write it. */
export const moneyText = ({ amount, currency }: Money, language: string): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount as Intl.StringNumericLiteral);
