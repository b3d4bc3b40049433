import { describe, expect, it } from 'vitest';
import { de } from './de.ts';

describe('French "de" before a name', () => {
  it.each([
    ['inventory-saga-consumer', 'd’inventory-saga-consumer'],
    ['Étagère', 'd’Étagère'],
    ['payment-consumer', 'de payment-consumer'],
  ])('before %s is "%s"', (name, words) => {
    expect(de(name)).toBe(words);
  });
});
