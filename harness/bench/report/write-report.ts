import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonOf } from './json.ts';
import { markdownOf } from './markdown.ts';
import type { Report } from './report.ts';

/** Writes the report as Markdown and JSON, named by its day and its rows. */
export const writeReport = (report: Report, directory: string): void => {
  mkdirSync(directory, { recursive: true });
  const rows = report.options.only?.join('-').toLowerCase() ?? 'all';
  const path = join(directory, `${report.at.toISOString().slice(0, 10)}-${rows}`);
  writeFileSync(`${path}.md`, markdownOf(report));
  writeFileSync(`${path}.json`, jsonOf(report));
};
