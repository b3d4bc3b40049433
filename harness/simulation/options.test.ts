import { describe, expect, it } from 'vitest';
import { OptionsError, readOptions } from './options.ts';

describe('the options', () => {
  it('are a thousand seeds from the first one, unless told otherwise', () => {
    expect(readOptions([])).toEqual({ from: 1, seeds: 1_000, seed: null, without: [] });
    expect(readOptions(['--from', '5', '--seeds', '20'])).toEqual({
      from: 5,
      seeds: 20,
      seed: null,
      without: [],
    });
  });

  it('name one seed to replay', () => {
    expect(readOptions(['--seed', '463']).seed).toBe(463);
  });

  it('leave out faults', () => {
    expect(readOptions(['--without', 'flush,crash']).without).toEqual(['flush', 'crash']);
  });

  it.each([
    ['--without', 'earthquake'],
    ['--seed', 'x'],
    ['--seeds', '-1'],
    ['--seeds', '0'],
    ['--sed', '1'],
  ])('refuse %s %s', (...argv) => {
    expect(() => readOptions(argv)).toThrow(OptionsError);
  });
});
