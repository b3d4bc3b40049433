import { expect, it } from 'vitest';
import { RolesError } from '../../database/index.ts';
import { halfMade } from './half-made.ts';

const lost = new Error('The connection was lost.');

const failAfterSetting = (): unknown => halfMade(() => true)(lost);

it('says how to come by passwords that were set and not printed', () => {
  expect(failAfterSetting).toThrow(RolesError);
  expect(failAfterSetting).toThrow(/^The connection was lost\.\n.*--new-passwords/);
});

it('has nobody set new ones where none was', () => {
  expect(() => halfMade(() => false)(lost)).toThrow(lost);
});
