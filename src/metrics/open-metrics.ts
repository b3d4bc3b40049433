import { Registry } from 'prom-client';
import { systemClock } from '../platform/index.ts';
import { countGateway } from './count-gateway.ts';
import { countMachinery } from './count-machinery.ts';
import { countOutside } from './count-outside.ts';
import { countSpans } from './count-spans.ts';
import { measureProcess } from './measure-process.ts';
import { registered } from './registered.ts';
import { type ProcessParts, showProcess } from './show-process.ts';
import { showStores } from './show-stores.ts';
import { openStoreLooks, type StoreQuestions } from './store-readings.ts';

/** The metrics of this process. */
export interface Metrics extends AsyncDisposable {
  /** Of Prometheus' text format, version 0.0.4. */
  readonly contentType: string;
  /** Asks nobody, and is done in a few milliseconds. */
  readonly text: () => Promise<string>;
}

export interface MetricsParts extends ProcessParts {
  /** Journals that it may publish, which it does when it leads. */
  readonly relayed: readonly string[];
  /** Those that it may carry out, by name. */
  readonly commands: readonly string[];
  /** Undefined where others tell of what all processes share. */
  readonly stores: StoreQuestions | undefined;
}

/** Counts from now on what the process tells of itself, until disposed. */
export const openMetrics = ({ stores, relayed, commands, ...process }: MetricsParts): Metrics => {
  const registry = new Registry();
  const opened = new AsyncDisposableStack();
  const making = registered(registry);
  opened.use(countGateway(making, commands));
  opened.use(countMachinery(making, relayed));
  opened.use(countOutside(making));
  opened.use(countSpans(making));
  const { measure } = opened.use(measureProcess(registry));
  const shown = [measure, showProcess(making, process)];
  if (stores !== undefined) shown.push(showStores(making, opened.use(openStoreLooks(stores, systemClock))));
  return {
    contentType: registry.contentType,
    text: () => {
      for (const show of shown) show();
      return registry.metrics();
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
