/** The revision that the address names, of so many; null: now, also where what it says is no earlier revision. */
export const readRevision = (given: string, last: number): number | null => {
  if (!/^[1-9]\d{0,8}$/.test(given)) return null;
  return Number(given) < last ? Number(given) : null;
};
