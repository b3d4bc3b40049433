const BETWEEN = ',';

/** What stands in a page's address, one by one. */
export const chosenOf = (value: string): readonly string[] => value.split(BETWEEN).filter((each) => each !== '');

/** With that choice where it was not there, else without it. */
export const toggled = (value: string, choice: string): string => {
  const chosen = chosenOf(value);
  return (chosen.includes(choice) ? chosen.filter((each) => each !== choice) : [...chosen, choice]).join(BETWEEN);
};
