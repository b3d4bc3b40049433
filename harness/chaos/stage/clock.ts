/** What Node.js has to be started with for its wall clock to be wrong by so much. */
export const clockArguments = (skewMs: number): readonly string[] =>
  skewMs === 0 ? [] : ['--import', `${import.meta.resolve('./skewed-clock.ts')}?ms=${skewMs}`];
