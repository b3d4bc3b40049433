import { parseArgs } from 'node:util';

/** What stands behind `npm start --`. What is not understood is a problem. */
export const readArguments = (argv: readonly string[], problems: string[]) => {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { roles: { type: 'string' }, cluster: { type: 'boolean' } },
    strict: false,
  });
  const { roles, cluster = false, ...unknown } = values;
  for (const name of [...Object.keys(unknown).map((option) => `--${option}`), ...positionals])
    problems.push(`Unknown argument "${name}": leave it out; only --roles and --cluster are understood.`);
  const isNamed = typeof roles === 'string' && roles !== '';
  if (roles !== undefined && !isNamed) problems.push('--roles needs a value, for example --roles gateway,relay.');
  return { roles: isNamed ? roles : undefined, isCluster: cluster !== false };
};
