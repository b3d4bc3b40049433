import { type Kysely, sql } from 'kysely';

// Escapes are taken one by one, each pair of surrogates as one, so that none is mistaken for the end of another.
const MENDED_JSON = String.raw`
  create function public.panier_mended_json(value json) returns json language sql immutable strict parallel safe as $$
    select string_agg(
      case when token[1] ~* '^\\u(0000|d[89a-f][[:xdigit:]]{2})$' then chr(65533) else token[1] end, '' order by nth
    )::json
    from regexp_matches(value::text,
      '\\u[dD][89abAB][[:xdigit:]]{2}\\u[dD][c-fC-F][[:xdigit:]]{2}|\\u[[:xdigit:]]{4}|\\.|[^\\]+', 'g'
    ) with ordinality as found (token, nth)
  $$;
`;

// Not strict, so that it becomes part of the statement: it is asked for every event that verify looks at.
const READABLE = String.raw`
  create function public.panier_readable(value json) returns json language sql immutable parallel safe as $$
    select case when strpos(value::text, '\u') = 0 then value else public.panier_mended_json(value) end
  $$;
`;

const MENDED = String.raw`
  update read."order" set facts = public.panier_readable(facts) where strpos(facts::text, '\u') > 0;
  update bus.dead_letter set fields = public.panier_readable(fields) where strpos(fields::text, '\u') > 0;
`;

/**
 * JSON whose escapes stand for no text (NUL, half of a surrogate pair) can be stored, but not read: any look into it is an
 * error. Earlier versions stored it. Events stay as they are, and every look into them goes through `panier_readable`,
 * which shows U+FFFD; what can be written again is mended here.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of [MENDED_JSON, READABLE, MENDED]) await sql.raw(statement).execute(db);
};
