import type { Rejection } from '../../events/index.ts';
import type { Result } from '../../platform/index.ts';
import type { DeadLetterView } from '../../read/index.ts';
import type { SettledLetter } from '../../write/index.ts';
import type { GatewayContext } from '../context.ts';
import { refused } from './result-union.ts';

/** The letter that a command answered with, as it was then; or why the command was refused. */
export const deadLetterMemberOf = async (
  { read }: GatewayContext,
  result: Result<SettledLetter, Rejection>,
): Promise<DeadLetterView | Rejection> => {
  if (!result.ok) return refused(result.error);
  const [letter] = await read.deadLetters([result.value.id]);
  if (letter === undefined) throw new Error(`${result.value.id} was answered with, but is not there`);
  return { ...letter, ...result.value };
};
