import { type Currency, type Decimal, recordedMinor, toDecimal } from '../../events/index.ts';
import { builder } from '../builder.ts';

interface MoneySource {
  readonly amountMinor: number;
  readonly currency: Currency;
}

/** A recorded decimal amount. */
export const moneyOf = (amount: Decimal, currency: Currency): MoneySource => ({
  amountMinor: recordedMinor(amount, currency),
  currency,
});

export const Money = builder.objectRef<MoneySource>('Money').implement({
  description: 'An exact amount of money.',
  fields: (t) => ({
    amount: t.field({
      type: 'Decimal',
      description:
        'In units of the currency, with as many decimal places as the currency has: "699.99" for EUR, "700" for JPY.',
      resolve: ({ amountMinor, currency }) => toDecimal(amountMinor, currency),
    }),
    currency: t.exposeString('currency', { description: 'ISO 4217 code, such as "EUR".' }),
  }),
});

export const MoneyInput = builder.inputType('MoneyInput', {
  description: 'An exact amount of money.',
  fields: (t) => ({
    amount: t.field({
      type: 'Decimal',
      required: true,
      description: 'In units of the currency, no finer than the currency allows, and not negative: "699.99".',
    }),
    currency: t.string({ required: true, description: 'ISO 4217 code, such as "EUR".' }),
  }),
});
