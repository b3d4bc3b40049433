/** Every home of tables on one server, as it is unless each service has a PostgreSQL of its own. */
export const onOneServer = <T>(there: T) => ({ shared: there, write: there, saga: there, audit: there });
