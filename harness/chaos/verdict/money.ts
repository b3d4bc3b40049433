/** Hundredths of a decimal string: all prices of the harness are in EUR. */
export const minorOf = (amount: string | undefined): number => Math.round(Number(amount ?? Number.NaN) * 100);
