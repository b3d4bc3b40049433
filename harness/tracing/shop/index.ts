export type { Bought } from './buyer.ts';
export { Crowd } from './crowd.ts';
