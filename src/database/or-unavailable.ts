import { Unavailable } from '../platform/index.ts';
import { isPassingDatabaseError } from './passing-error.ts';

/** The query, but with a database that is away for a while told as {@link Unavailable}. */
export const orUnavailable =
  <A extends readonly unknown[], T>(query: (...args: A) => Promise<T>) =>
  async (...args: A): Promise<T> => {
    try {
      return await query(...args);
    } catch (error) {
      if (!isPassingDatabaseError(error)) throw error;
      throw new Unavailable('The database is away.', { cause: error });
    }
  };
