import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ShopProducts } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import styles from './products.module.css';
import { FIRST_PAGE } from './shelf.tsx';
import { PRODUCT_TEXTS } from './texts.ts';

interface TryProps {
  readonly words: readonly [title: string, hint: string];
  /** Undefined while there is none to try it with. */
  readonly productId: string | undefined;
}

const Try = ({ words: [title, hint], productId }: TryProps) => {
  const said = (
    <>
      <strong>{title}</strong>
      <span>{hint}</span>
    </>
  );
  return <li>{productId === undefined ? <div>{said}</div> : <Link href={`/products/${productId}`}>{said}</Link>}</li>;
};

/** What this shop is for, and what to try first: with what is on the shelf. */
export const Welcome = () => {
  const texts = useTexts(PRODUCT_TEXTS);
  // The shelf asks for the same at the same time: that is one request.
  const [{ data }] = useQuery({ query: ShopProducts, variables: FIRST_PAGE });
  const products = data?.products.edges.map(({ node }) => node) ?? [];
  const [one, another = one] = products.filter(({ available }) => available > 1);
  const last = products.find(({ available }) => available === 1);
  return (
    <section className={styles['welcome']} aria-labelledby="welcome">
      <div>
        <h1 id="welcome">{texts.welcome}</h1>
        <p>{texts.welcomeMore}</p>
      </div>
      <ol aria-label={texts.tries}>
        <Try words={texts.tryPaying} productId={one?.id} />
        <Try words={texts.tryRefused} productId={another?.id} />
        <Try
          words={last === undefined && data !== undefined ? texts.tryLastLater : texts.tryLast}
          productId={last?.id}
        />
      </ol>
    </section>
  );
};
