import { describe, expect, it } from 'vitest';
import { OptionsError } from '../support/command-line.ts';
import { DRILLS } from './catalogue.ts';
import { readOptions } from './options.ts';

const named = (...argv: readonly string[]) => readOptions(argv, DRILLS).drills.map(({ name }) => name);

describe('the arguments of the drills', () => {
  it('name drills, or all of them', () => {
    const [first] = DRILLS;
    expect(named(first?.name ?? '')).toEqual([first?.name]);
    expect(named('all', '--quick')).toEqual(DRILLS.map(({ name }) => name));
  });

  it('may ask for the list alone', () => {
    expect(readOptions(['--list'], DRILLS)).toMatchObject({ isList: true, drills: [] });
  });

  it.each([[[]], [['no-such-drill']], [['all', '--seed', 'x']], [['all', '--nonsense']]])('are refused: %j', (argv) =>
    expect(() => readOptions(argv, DRILLS)).toThrow(OptionsError),
  );
});
