import { Link } from 'wouter';
import { thingPath } from './thing-path.ts';

/** An id, which leads to what it is of, where the console shows that. */
export const ThingLink = ({ id }: { readonly id: string }) => {
  const path = thingPath(id);
  return path === null ? (
    <code>{id}</code>
  ) : (
    <Link href={path}>
      <code>{id}</code>
    </Link>
  );
};
