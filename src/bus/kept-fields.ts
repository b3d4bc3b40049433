import { MAX_DATA_LENGTH, readableText } from '../events/index.ts';

/** A field of an entry: its name and its value. */
type Field = readonly [name: string, value: string];

const MAX_FIELDS = 100;
/** Of a name, and of any value but `data`: longer than any that an event can have. */
const MAX_TEXT = 1_000;
const MAX_TOTAL = 2 * MAX_DATA_LENGTH;

// Taken apart before it is mended: the cut may be in the middle of a character.
const cut = (text: string, max: number): string => readableText(text.length > max ? `${text.slice(0, max)}…` : text);

/** Others' events, and those of an earlier panier, may say by which method an order is paid (ADR-051). */
const REFERENCE = /("payment_method"\s*:\s*)"(?:[^"\\]|\\.)*"/g;

const withoutReference = (data: string): string => data.replaceAll(REFERENCE, '$1"[payment method]"');

const fieldAt = (fields: readonly string[], index: number): Field => {
  const [name = '', value = ''] = fields.slice(index, index + 2);
  if (name === 'data') return [name, withoutReference(cut(value, MAX_DATA_LENGTH))];
  return [cut(name, MAX_TEXT), cut(value, MAX_TEXT)];
};

/**
 * What a dead letter keeps of an entry: text, whatever bytes it was, and all that an entry which can be read may hold. An
 * entry may be as large as Redis allows; what is kept of it has to fit into a page of a hundred letters.
 */
export const keptFields = (fields: readonly string[]): readonly Field[] => {
  const kept: Field[] = [];
  let total = 0;
  for (let index = 0; index < fields.length && kept.length < MAX_FIELDS; index += 2) {
    const field = fieldAt(fields, index);
    total += field.join('').length;
    if (total > MAX_TOTAL) break;
    kept.push(field);
  }
  return kept;
};
