import type { ProtobufWriter } from './protobuf-writer.ts';

export type AttributeValue = string | number | boolean | readonly string[];

/** Numbers of fields, by the messages that they are of. Source: opentelemetry-proto 1.x, common/v1. */
const KEY_VALUE = { key: 1, value: 2 } as const;
const ANY_VALUE = { text: 1, flag: 2, whole: 3, double: 4, many: 5 } as const;
const ARRAY_VALUE = { values: 1 } as const;

const writeNumber = (to: ProtobufWriter, value: number): void => {
  // A time that was waited is below 0 where a clock was set meanwhile.
  if (Number.isInteger(value) && value >= 0) to.whole(ANY_VALUE.whole, value);
  else to.double(ANY_VALUE.double, value);
};

const writeMany = (to: ProtobufWriter, values: readonly string[]): void => {
  const many = to.open(ANY_VALUE.many);
  for (const value of values) {
    const one = to.open(ARRAY_VALUE.values);
    writeValue(to, value);
    to.close(one);
  }
  to.close(many);
};

const writeValue = (to: ProtobufWriter, value: AttributeValue): void => {
  if (typeof value === 'string') to.text(ANY_VALUE.text, value);
  else if (typeof value === 'number') writeNumber(to, value);
  else if (typeof value === 'boolean') to.whole(ANY_VALUE.flag, Number(value));
  else writeMany(to, value);
};

/** Writes an attribute as a field of the message that it is of. */
export const writeAttribute = (
  to: ProtobufWriter,
  field: number,
  [key, value]: readonly [string, AttributeValue],
): void => {
  const pair = to.open(field);
  to.text(KEY_VALUE.key, key);
  const any = to.open(KEY_VALUE.value);
  writeValue(to, value);
  to.close(any);
  to.close(pair);
};
