import { admit, type CommandContext, type CommandInput } from '../commands/index.ts';
import type { Allowed, Rejection } from '../events/index.ts';
import type { Result } from '../platform/index.ts';
import { type Adjusted, type Changing, changeStock } from './change-stock.ts';

/** @throws {Unavailable} when the database is away; whether the stock was adjusted is then unknown. */
export const adjustStock = async (
  changing: Changing,
  given: CommandInput<'adjustStock'>,
  context: CommandContext,
): Promise<Result<Adjusted, Rejection>> => {
  const command = admit('adjustStock', given, context);
  if (!command.ok) return command;
  const { input: data } = command.value;
  return changeStock<Rejection>(changing, {
    command: command.value,
    data,
    refusal: ({ productId, available }) => {
      const message = `delta: ${data.delta} is more than the stock of ${productId} allows; ${available} available`;
      const allowed: Allowed = { type: 'integer', minimum: -available };
      return { code: 'INVALID_INPUT', message, path: ['delta'], ...(data.delta < 0 && { allowed }) };
    },
  });
};
