/** Ends a switch over a closed union: a forgotten case does not compile. @throws on a value that the types rule out. */
export const assertNever = (value: never): never => {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
};
