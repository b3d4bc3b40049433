import type { ServerAddress } from '../../platform/index.ts';
import type { Members } from '../sentinel/members.ts';
import { nameOf } from './cluster-map.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { leaseWatch } from './shared-watch.ts';

/** URLs of all nodes of a cluster: a master that answers, where one does, and all others. @throws {ClusterUnknown} */
export const nodesOf = async (place: ClusterPlace): Promise<Members> => {
  using lease = leaseWatch(place);
  await lease.watch.find();
  const { isTls, account } = place.url;
  const login =
    account.password === undefined
      ? ''
      : `${encodeURIComponent(account.username ?? '')}:${encodeURIComponent(account.password)}@`;
  const urlOf = (address: ServerAddress): string => `${isTls ? 'rediss' : 'redis'}://${login}${nameOf(address)}`;
  const { watch } = lease;
  const masters = watch.map.masters.toSorted(
    (one, other) => Number(watch.isSilent(one)) - Number(watch.isSilent(other)),
  );
  const [master, ...others] = [...masters, ...watch.map.replicas].map(urlOf);
  if (master === undefined) throw new Error('The cluster has no node that has slots.');
  return { master, replicas: others };
};
