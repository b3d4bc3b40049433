import { GRANTED_SERVICES, type GrantedService, PRIVILEGES } from './privileges.ts';

type Table = keyof typeof PRIVILEGES;

const cell = (table: Table, service: GrantedService): string =>
  (PRIVILEGES[table][service] ?? []).map((privilege) => privilege.replaceAll(',', ', ')).join('; ');

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Who may do what to which table, as a table of Markdown: a line each table, a column each role but the owner. */
export const describePrivileges = (): string =>
  [
    row(['table', ...GRANTED_SERVICES]),
    row(['---', ...GRANTED_SERVICES.map(() => '---')]),
    ...(Object.keys(PRIVILEGES) as Table[]).map((table) =>
      row([`\`${table}\``, ...GRANTED_SERVICES.map((service) => cell(table, service))]),
    ),
  ].join('\n');
