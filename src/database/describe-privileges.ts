import { GRANTED_SERVICES, GRANTED_TABLES, type GrantedService, privilegesOn } from './privileges.ts';

const cell = (table: string, service: GrantedService): string =>
  (privilegesOn(table)[service] ?? []).map((privilege) => privilege.replaceAll(',', ', ')).join('; ');

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Who may do what to which table, as a table of Markdown: a line each table, a column each role but the owner. */
export const describePrivileges = (): string =>
  [
    row(['table', ...GRANTED_SERVICES]),
    row(['---', ...GRANTED_SERVICES.map(() => '---')]),
    ...GRANTED_TABLES.map((table) => row([`\`${table}\``, ...GRANTED_SERVICES.map((service) => cell(table, service))])),
  ].join('\n');
