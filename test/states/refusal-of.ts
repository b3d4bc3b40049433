import { expect } from 'vitest';
import { StartupError } from '../../src/startup-error.ts';
import { openStores } from '../../src/stores.ts';

/** The sentence that a start is refused with. */
export const refusalOf = async (urls: Parameters<typeof openStores>[0]): Promise<string> => {
  const error = await openStores(urls).then(
    (stores) => stores[Symbol.asyncDispose](),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartupError);
  return error instanceof StartupError ? error.message : '';
};
