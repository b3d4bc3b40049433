import { channel } from 'node:diagnostics_channel';
import { guarded, ignored } from './guarded.ts';

/** Something that happens again and again, of which whoever does it tells, and which somebody may count. */
export interface Signal<Fact extends object> {
  /** Costs a comparison while nobody hears it, else a call; never throws, and waits for nothing. */
  readonly tell: (fact: Fact) => void;
  /** Heard from now on, in every part of the process, until disposed. What the listener throws is nobody's. */
  readonly hear: (listener: (fact: Fact) => void) => Disposable;
}

/** A channel of Node's, so that whoever tells knows nothing of who counts. */
export const signal = <Fact extends object>(name: string): Signal<Fact> => {
  const told = channel(`panier:${name}`);
  return {
    tell: (fact) => {
      if (told.hasSubscribers) told.publish(fact);
    },
    hear: (listener) => {
      const heard = guarded((fact: unknown) => listener(fact as Fact), ignored);
      told.subscribe(heard);
      return { [Symbol.dispose]: () => told.unsubscribe(heard) };
    },
  };
};
