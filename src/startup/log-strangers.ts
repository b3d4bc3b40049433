import { type Logger, SIGNALS } from '../platform/index.ts';

/** One line whenever others are found than before where nodes of the Redis Cluster are expected, however many in this process look. */
export const logStrangers = (logger: Logger): Disposable => {
  const found = new Map<object, readonly string[]>();
  let told = '';
  return SIGNALS.strangersFound.hear(({ by, nodes: its }) => {
    found.set(by, its ?? []);
    if (its === null) found.delete(by);
    const nodes = [...new Set([...found.values()].flat())].toSorted();
    const isTold = nodes.join() === told;
    told = nodes.join();
    // Who looks no more has not found that it is over.
    if (isTold || its === null) return;
    if (nodes.length > 0) logger.warn({ nodes }, 'another Redis Cluster answers at these nodes: they are left alone');
    else logger.warn('no other Redis Cluster answers at a node of this one any more');
  });
};
