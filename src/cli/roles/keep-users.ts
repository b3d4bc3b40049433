import type { Redis } from 'ioredis';

const answersOk = async (answer: Promise<unknown>): Promise<boolean> =>
  answer.then(
    (reply) => reply === 'OK',
    () => false,
  );

/**
 * Lets Redis remember its users over a restart, in its ACL file or else in its configuration; a line that says what to do
 * when it has neither. Sources: redis.io/commands/acl-save, config-rewrite.
 */
export const keepUsers = async (redis: Redis): Promise<readonly string[]> => {
  if (await answersOk(redis.call('ACL', 'SAVE'))) return [];
  if (await answersOk(redis.call('CONFIG', 'REWRITE'))) return [];
  return [
    '# Redis was started without a configuration file, and forgets these users when it ends: start it with one, or with aclfile.',
  ];
};
