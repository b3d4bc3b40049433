import type { Definitions, JsonSchema } from '../../src/events/index.ts';

/** JSON Schemas of events, with what they refer to beside them. */
export interface Schemas {
  readonly $defs: Definitions;
}

interface Compared {
  readonly path: string;
  readonly before: JsonSchema;
  readonly now: JsonSchema;
}

const REFERENCE = '#/$defs/';

const resolved = (schema: JsonSchema, { $defs }: Schemas): JsonSchema => {
  const { $ref } = schema;
  if ($ref === undefined) return schema;
  const found = $defs[$ref.slice(REFERENCE.length)];
  if (found === undefined) throw new Error(`${$ref} is not defined.`);
  return found;
};

/** A set of values: with fewer, what was written is refused; with more, who read all cannot read those. */
const ofSets = (path: string, before: readonly unknown[], now: readonly unknown[]): readonly string[] => [
  ...before.filter((value) => !now.includes(value)).map((value) => `${path}: ${String(value)} is taken no more`),
  ...now.filter((value) => !before.includes(value)).map((value) => `${path}: ${String(value)} is new`),
];

const LOWER = ['minimum'] as const;
const UPPER = ['maximum', 'maxLength', 'maxItems'] as const;

const ofBounds = ({ path, before, now }: Compared): readonly string[] => {
  const bounds = [
    ...LOWER.map((name) => [name, before[name] ?? -Infinity, now[name] ?? -Infinity] as const),
    ...UPPER.map((name) => [name, before[name] ?? Infinity, now[name] ?? Infinity] as const),
  ];
  return bounds
    .filter(([, was, is]) => was !== is)
    .map(([name, was, is]) => {
      const narrowed = name === 'minimum' ? is > was : is < was;
      return `${path}: ${narrowed ? 'narrowed' : 'widened'}: ${name} ${was} is now ${is}`;
    });
};

const FIXED = ['const', 'pattern', 'format'] as const;

const ofFixed = ({ path, before, now }: Compared): readonly string[] =>
  FIXED.filter((name) => before[name] !== now[name]).map(
    (name) => `${path}: ${name} ${String(before[name])} is now ${String(now[name])}`,
  );

const typesOf = ({ type }: JsonSchema): readonly string[] => (type === undefined ? ['anything'] : [type].flat());

const ofValues = (compared: Compared): readonly string[] => {
  const { path, before, now } = compared;
  return [
    ...ofSets(path, typesOf(before), typesOf(now)),
    ...(before.enum === undefined && now.enum === undefined
      ? []
      : ofSets(path, before.enum ?? ['any'], now.enum ?? ['any'])),
    ...ofBounds(compared),
    ...ofFixed(compared),
  ];
};

const ofRequired = ({ path, before, now }: Compared): readonly string[] => {
  const was = before.required ?? [];
  const is = now.required ?? [];
  return [
    ...is.filter((name) => !was.includes(name)).map((name) => `${path}.${name}: is required, and was not`),
    ...was.filter((name) => !is.includes(name)).map((name) => `${path}.${name}: may be missing, and was required`),
  ];
};

const ofItems = ({ path, before, now }: Compared, all: readonly [before: Schemas, now: Schemas]): readonly string[] =>
  before.items === undefined && now.items === undefined
    ? []
    : ofSchemas({ path: `${path}[]`, before: before.items ?? {}, now: now.items ?? {} }, all);

/** What an old consumer, or the reading of old events, would trip over. */
const ofSchemas = (
  { path, before, now }: Compared,
  all: readonly [before: Schemas, now: Schemas],
): readonly string[] => {
  const compared = { path, before: resolved(before, all[0]), now: resolved(now, all[1]) };
  const fields = Object.entries(compared.before.properties ?? {}).flatMap(([name, field]) => {
    const still = compared.now.properties?.[name];
    if (still === undefined) return [`${path}.${name}: is gone`];
    return ofSchemas({ path: `${path}.${name}`, before: field, now: still }, all);
  });
  return [...ofValues(compared), ...ofRequired(compared), ...fields, ...ofItems(compared, all)];
};

/** `OrderCreated.1`; what is defined beside events has no version. */
const isEvent = (name: string): boolean => name.includes('.');

/**
 * In which ways events are no more what they were: sentences, none when whoever reads and writes them as they were goes on as
 * before. Fields that may be missing, new types and new versions are for readers to pass over.
 */
export const departures = (before: Schemas, now: Schemas): readonly string[] =>
  Object.entries(before.$defs)
    .filter(([name]) => isEvent(name))
    .flatMap(([name, schema]) => {
      const still = now.$defs[name];
      if (still === undefined) return [`${name}: is gone`];
      return ofSchemas({ path: name, before: schema, now: still }, [before, now]);
    });
