import { type Kysely, sql } from 'kysely';

/**
 * The processes that run, each a row that it renews (ADR-064). Whoever writes a row is, beside the owner, the only one who may
 * change it: nobody can hide another's process, or keep a dead one alive. A trigger, and no policy: sessions refuse tables of
 * which a policy hides rows.
 */
const STATEMENTS = `
  create table bus.process (
    id uuid primary key,
    written_by name not null default current_user,
    instance integer not null,
    roles text[] not null,
    host text not null,
    pid integer not null,
    version text not null,
    started_at timestamptz not null,
    beat_at timestamptz not null
  );
  create function public.panier_own_process() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      new.written_by := current_user;
      return new;
    end if;
    if old.written_by <> current_user
      and not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage')
    then
      raise exception 'process % was written by somebody else', old.id using errcode = 'insufficient_privilege';
    end if;
    return case tg_op when 'DELETE' then old else new end;
  end $$;
  create trigger keep_to_its_own before insert or update or delete on bus.process
    for each row execute function public.panier_own_process();
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(STATEMENTS).execute(db);
};
