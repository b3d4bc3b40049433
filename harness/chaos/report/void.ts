import { ENOUGH_MUTATIONS_PER_SECOND, type Load } from '../load.ts';
import { neverStruck } from './aftermath.ts';
import { foreignLacks } from './foreign-figures.ts';
import type { Result } from './result.ts';

/** Not even a slow machine proves anything with less. */
const LEAST_MUTATIONS_PER_SECOND = 10;

const lackOfLoad = ({ mutationsPerSecond, shoppers, isAtLimit }: Load): readonly string[] => {
  const least = isAtLimit ? LEAST_MUTATIONS_PER_SECOND : ENOUGH_MUTATIONS_PER_SECOND;
  if (mutationsPerSecond >= least) return [];
  return [`only ${mutationsPerSecond.toFixed(0)} mutations/s of ${shoppers} shoppers before the first fault`];
};

const hasLostGroups = (faultsByKind: Result['faultsByKind']): boolean => (faultsByKind['flushall'] ?? 0) > 0;

/** What a run must have had to prove anything. */
export const voidReasons = ({
  load,
  deliveredTwice,
  claims,
  compensations,
  probed,
  happened,
  faultsByKind,
  foreign,
  ...faults
}: Pick<
  Result,
  | 'load'
  | 'probed'
  | 'happened'
  | 'faultsByKind'
  | 'foreign'
  | 'deliveredTwice'
  | 'claims'
  | 'compensations'
  | 'struck'
  | 'failed'
  | 'missed'
>): readonly string[] => [
  ...lackOfLoad(load),
  ...(deliveredTwice === 0 ? ['nothing was delivered twice'] : []),
  ...(claims === 0 ? ['nothing was claimed'] : []),
  ...(compensations === 0 ? ['nothing was compensated'] : []),
  ...(happened.outOfStock === 0 ? ['nothing was out of stock'] : []),
  ...(happened.groupsMadeAgain === 0 && hasLostGroups(faultsByKind) ? ['no lost group was made again'] : []),
  ...foreignLacks(foreign),
  ...neverStruck(faults),
  ...(probed.toldOwner === 0 ? ['no owner was told what strangers must not learn'] : []),
];
