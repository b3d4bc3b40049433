import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ignored } from '../platform/index.ts';
import { type Exported, tellingExporter } from './telling-exporter.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const exporting = () => {
  const told: Exported[] = [];
  const results: ExportResult[] = [];
  let answer: (result: ExportResult) => void = ignored;
  const endpoint = {
    export: (_spans: unknown, done: (result: ExportResult) => void) => void (answer = done),
    shutdown: async () => undefined,
  };
  const exporter = tellingExporter(endpoint, {
    sending: ignored,
    exported: (outcome) => told.push(outcome),
    withinMs: 30_000,
  });
  exporter.export([], (result) => results.push(result));
  return { told, results, answer: (code: ExportResultCode) => answer({ code }) };
};

it('spans of which the endpoint says nothing to the end are lost, whatever it says later', () => {
  const { told, results, answer } = exporting();
  vi.advanceTimersByTime(29_999);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  answer(ExportResultCode.SUCCESS);
  const error = expect.objectContaining({ message: 'the endpoint did not answer to the end within 30000 ms' }) as Error;
  expect(told).toEqual([{ spans: 0, error }]);
  expect(results).toEqual([{ code: ExportResultCode.FAILED, error }]);
});

it('spans that were taken in time are told of once', () => {
  const { told, results, answer } = exporting();
  answer(ExportResultCode.SUCCESS);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([{ spans: 0 }]);
  expect(results).toHaveLength(1);
});
