import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { askTogether } from './ask-together.ts';

/** Answers when it is told to, in the order in which it was asked. */
const openAsked = (maxAtOnce = 10) => {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const question = askTogether(async (questions: readonly string[]) => {
    asked.push(questions.join(' '));
    await new Promise<void>((resolve) => answers.push(resolve));
    return questions.map((each) => (each === 'bad' ? new Error('bad') : each.toUpperCase()));
  }, maxAtOnce);
  const answer = async (): Promise<void> => {
    answers.shift()?.();
    await nextTurn();
    await nextTurn();
  };
  return { asked, question, answer };
};

it('asks once for all who come in one turn', async () => {
  const { asked, question, answer } = openAsked();
  const both = Promise.allSettled([question('a'), question('bad'), Promise.resolve().then(() => question('c'))]);
  await nextTurn();
  await nextTurn();
  expect(asked).toEqual(['a bad c']);
  await answer();
  expect((await both).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('lets those who come while two are under way share the next one', async () => {
  const { asked, question, answer } = openAsked();
  const all: Promise<string>[] = [];
  for (const each of ['a', 'b', 'c', 'd', 'e']) {
    all.push(question(each));
    await nextTurn();
    await nextTurn();
  }
  expect(asked).toEqual(['a', 'b']);
  await answer();
  expect(asked).toEqual(['a', 'b', 'c d e']);
  await answer();
  await answer();
  expect(await Promise.all(all)).toEqual(['A', 'B', 'C', 'D', 'E']);
});

it('goes on after a failure, and with more than one asks for', async () => {
  const { asked, question, answer } = openAsked(2);
  const all = Promise.all(['a', 'b', 'c'].map(question));
  await nextTurn();
  await nextTurn();
  expect(asked).toEqual(['a b', 'c']);
  await answer();
  await answer();
  expect(await all).toEqual(['A', 'B', 'C']);
  const failing = askTogether(() => Promise.reject(new Error('away')), 1);
  const outcomes = await Promise.allSettled([failing('a'), failing('b'), failing('c')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
});
