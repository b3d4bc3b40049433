import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { Tally } from './tally.ts';

/** What a metric is for, in one sentence, and by what it is told apart. */
export interface Described<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly Label[];
}

/** Makes metrics in a registry, all named with `panier_` before. */
export const registered = (registry: Registry) => {
  const withName = <Label extends string>({ name, help, labelNames = [] }: Described<Label>) => ({
    name: `panier_${name}`,
    help,
    labelNames,
    registers: [registry],
  });
  return {
    counter: <Label extends string>(described: Described<Label>): Tally<Label> => {
      const tally = new Tally<Label>(described.labelNames ?? []);
      const counter = new Counter<Label>({
        ...withName(described),
        collect: () => tally.tell((labels, by) => counter.inc(labels, by)),
      });
      return tally;
    },
    gauge: <Label extends string>(described: Described<Label>) => new Gauge<Label>(withName(described)),
    histogram: <Label extends string>(described: Described<Label>, buckets: readonly number[]) =>
      new Histogram<Label>({ ...withName(described), buckets: [...buckets] }),
  };
};

export type Registered = ReturnType<typeof registered>;

export const secondsOf = (ms: number): number => ms / 1_000;
