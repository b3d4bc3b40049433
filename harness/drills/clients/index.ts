export { Clients, type ClientsOptions } from './clients.ts';
export type { ClientFigures } from './figures.ts';
export { lostIn, type Trial } from './verdict.ts';
