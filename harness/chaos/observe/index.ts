export { Observer } from './observer.ts';
export { untilOver, untilQuiet } from './quiescence.ts';
