import { type Kysely, sql } from 'kysely';

/**
 * Which process reads which partitions (ADR-077). A reader is a member of a consumer group that tells of itself until
 * `until`; what it reads ends with it. Each service sees its own readers alone, and a trigger keeps it from those of others:
 * nobody can take partitions away from another service, or hold them back. A trigger, and no policy: sessions refuse tables of
 * which a policy hides rows.
 */
const STATEMENTS = `
  create table bus.partition_reader (
    written_by name not null default current_user,
    consumer_group text not null,
    id uuid not null,
    consumer text not null,
    until timestamptz not null,
    primary key (written_by, consumer_group, id)
  );
  create table bus.partition_lease (
    written_by name not null default current_user,
    consumer_group text not null,
    unit text not null check (unit ~ '^(plain|[0-9]{1,2})$'),
    reader_id uuid not null,
    since timestamptz not null default now(),
    primary key (written_by, consumer_group, unit),
    foreign key (written_by, consumer_group, reader_id)
      references bus.partition_reader (written_by, consumer_group, id) on delete cascade
  );
  create function public.panier_own_row() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      new.written_by := current_user;
      return new;
    end if;
    if old.written_by <> current_user
      and not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage')
    then
      raise exception 'a row of % was written by somebody else', tg_table_name using errcode = 'insufficient_privilege';
    end if;
    return case tg_op when 'DELETE' then old else new end;
  end $$;
  create trigger keep_to_its_own before insert or update or delete on bus.partition_reader
    for each row execute function public.panier_own_row();
  create trigger keep_to_its_own before insert or update or delete on bus.partition_lease
    for each row execute function public.panier_own_row();
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(STATEMENTS).execute(db);
};
