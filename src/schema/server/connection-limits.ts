export { FULL_HEADERS, fullOf } from '../../http/index.ts';

export const OF_ONE_ADDRESS = 'WebSockets and event streams of one address';
