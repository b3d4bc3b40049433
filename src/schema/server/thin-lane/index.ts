export { handOn } from './hand-on.ts';
export { TextCache } from './text-cache.ts';
export { thinLane } from './thin-lane.ts';
