import type { Shop } from './shop.ts';

/** The letter's entry has failed once more, elsewise than before. */
export const keepDeadLetterAgain = async ({ database }: Shop, id: string): Promise<void> => {
  await database.db
    .updateTable('bus.dead_letter')
    .set(({ eb }) => ({ error: 'cannot be handled', deliveries: eb('deliveries', '+', 1), last_at: new Date() }))
    .where('id', '=', id)
    .execute();
};
