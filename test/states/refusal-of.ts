import { expect } from 'vitest';
import { openStores, StartupError } from '../../src/startup/index.ts';

/** The sentence that a start is refused with. */
export const refusalOf = async (urls: Parameters<typeof openStores>[0]): Promise<string> => {
  const error = await openStores(urls).then(
    (stores) => stores[Symbol.asyncDispose](),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartupError);
  return error instanceof StartupError ? error.message : '';
};
