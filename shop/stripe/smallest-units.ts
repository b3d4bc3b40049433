/** Without places of their own, and counted in hundredths all the same. Source: https://docs.stripe.com/currencies. */
const HUNDREDTHS: readonly string[] = ['ISK', 'UGX'];

const placesOf = (currency: string): number =>
  HUNDREDTHS.includes(currency)
    ? 2
    : (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2);

/** A decimal amount as Stripe counts it: 1399.98 EUR is 139998. */
export const smallestUnits = ({ amount, currency }: { readonly amount: string; readonly currency: string }): number => {
  const [whole = '0', fraction = ''] = amount.split('.');
  return Number(`${whole}${fraction.padEnd(placesOf(currency), '0')}`);
};
