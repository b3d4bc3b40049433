/** Parameters as Stripe's form encoding nests them: `metadata[order]=1`, `expand[]=a`, `expand[0]=a`. */
export interface Params {
  readonly [name: string]: string | Params;
}

type Growing = { [name: string]: string | Growing };

const NAME = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;

const keysOf = (name: string): readonly string[] => {
  const [, first = name, rest = ''] = NAME.exec(name) ?? [];
  return [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, key = '']) => key)];
};

// Without a prototype: a parameter may be called "constructor".
const empty = (): Growing => Object.create(null) as Growing;

const childOf = (parent: Growing, key: string): Growing => {
  const child = parent[key];
  if (typeof child === 'object') return child;
  const made = empty();
  parent[key] = made;
  return made;
};

const put = (params: Growing, keys: readonly string[], value: string): void => {
  const parent = keys.slice(0, -1).reduce((at, key) => childOf(at, key), params);
  const last = keys.at(-1) ?? '';
  parent[last === '' ? String(Object.keys(parent).length) : last] = value;
};

/** Decodes a query or a body. */
export const decodeForm = (encoded: string): Params => {
  const params = empty();
  for (const [name, value] of new URLSearchParams(encoded)) put(params, keysOf(name), value);
  return params;
};
