/**
 * An id as products are in the order of it: prod_2 before prod_10. Before each number stands how many digits it has, without
 * zeros in front; so the order of code points is that of numbers.
 */
export const naturalIdOf = (id: string): string =>
  id.replaceAll(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, '');
    return `${String(number.length).padStart(2, '0')}${number}`;
  });
