import type { DeadLetterItemFragment } from '../../ui/generated/operations.ts';

export type Letter = DeadLetterItemFragment;

const fieldOf = ({ fields }: Pick<Letter, 'fields'>, name: string): string | null =>
  fields.find((field) => field.name === name)?.value ?? null;

/** What the entry says that it is; null: it says nothing of the kind. */
export const typeOf = (letter: Pick<Letter, 'fields'>): string | null => fieldOf(letter, 'event_type');

/** The order, cart or product that the entry is about: of a saga, the order. Null when it names none. */
export const subjectOf = (letter: Pick<Letter, 'fields'>): string | null => {
  const named = [fieldOf(letter, 'correlation_id'), fieldOf(letter, 'aggregate_id')];
  return named.find((id) => id !== null && /^(order|cart|prod)_/.test(id)) ?? named.find((id) => id !== null) ?? null;
};

/** What is JSON, as JSON; anything else as the text that it is. */
export const readData = (value: string): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};
