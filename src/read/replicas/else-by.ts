type Ask = (...asked: readonly unknown[]) => Promise<unknown>;

const questionsOf = (asked: object): readonly (readonly [name: string, ask: Ask])[] =>
  Object.entries(asked) as [string, Ask][];

/**
 * Each question asked of the first, and of the second where the first fails: a replica is never why there is no answer. What
 * the second refuses as well is refused.
 */
export const elseBy = <T extends object>(first: T, second: T): T => {
  const others = new Map(questionsOf(second));
  const either: readonly (readonly unknown[])[] = questionsOf(first).map(([name, ask]) => {
    const again = others.get(name) ?? ask;
    return [name, (...asked: readonly unknown[]) => ask(...asked).catch(() => again(...asked))];
  });
  return Object.fromEntries(either) as T;
};
