export { type Admitted, admit, type KeyedRequest } from './admit.ts';
export { BOUNDS } from './bounds.ts';
export { COMMAND_NAMES, type CommandInput, type CommandName } from './catalogue.ts';
export type { CommandContext, WrittenEvent } from './context.ts';
export { counted, countedEach } from './counted.ts';
export { KEY_REUSED } from './kept-answer.ts';
export { type Path, spoken } from './misfit.ts';
