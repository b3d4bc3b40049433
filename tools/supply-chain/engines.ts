type Parts = readonly [major: number, minor: number, patch: number];

const COMPARATOR = /^(>=|<=|>|<|\^|~|=)?v?(\d+|[*x])(?:\.(\d+|[*x]))?(?:\.(\d+|[*x]))?$/;

const compare = (one: Parts, other: Parts): number => one[0] - other[0] || one[1] - other[1] || one[2] - other[2];

const numberOf = (part: string | undefined): number => (part === undefined || /[*x]/.test(part) ? 0 : Number(part));

const isAny = (part: string | undefined): boolean => part === undefined || /[*x]/.test(part);

interface Bound {
  /** As a number of the version is compared with the bound: negative below it. */
  readonly order: number;
  readonly sameMajor: boolean;
  readonly sameMinor: boolean;
  readonly samePatch: boolean;
}

const OPERATORS: Readonly<Record<string, (bound: Bound) => boolean>> = {
  '>=': ({ order }) => order >= 0,
  '>': ({ order, samePatch }) => order > 0 && !samePatch,
  // `<=24` has all of 24 in it.
  '<=': ({ order, samePatch }) => order <= 0 || samePatch,
  '<': ({ order }) => order < 0,
  '^': ({ sameMajor, order }) => sameMajor && order >= 0,
  '~': ({ sameMinor, order }) => sameMinor && order >= 0,
  '=': ({ samePatch }) => samePatch,
};

const holds = (comparator: string, version: Parts): boolean => {
  const [, operator = '=', major, minor, patch] = COMPARATOR.exec(comparator) ?? [];
  if (major === undefined) return false;
  if (isAny(major)) return true;
  const bound: Parts = [numberOf(major), numberOf(minor), numberOf(patch)];
  const sameMajor = version[0] === bound[0];
  const sameMinor = sameMajor && (isAny(minor) || version[1] === bound[1]);
  const samePatch = sameMinor && (isAny(patch) || version[2] === bound[2]);
  return OPERATORS[operator]?.({ order: compare(version, bound), sameMajor, sameMinor, samePatch }) ?? false;
};

/** Whether a version of Node.js, `v24.1.0`, is within `engines.node` of a package. What cannot be read does not hold. */
export const isWithin = (range: string, version: string): boolean => {
  const [major = 0, minor = 0, patch = 0] = version.replace(/^v/, '').split('.').map(Number);
  return range.split('||').some((alternative) =>
    alternative
      .trim()
      .replaceAll(/(>=|<=|>|<|\^|~|=)\s+/g, '$1')
      .split(/\s+/)
      .every((comparator) => holds(comparator, [major, minor, patch])),
  );
};
