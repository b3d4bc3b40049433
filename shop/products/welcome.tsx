import { Link } from 'wouter';
import { useTexts } from '../../ui/language/language.tsx';
import styles from './products.module.css';
import { PRODUCT_TEXTS } from './texts.ts';

/** Of the demo catalogue: the one of which there is one. Where it is not sold, its page says so. */
const SCARCE = '/products/prod_12';

/** What this shop is for, and what to try first. */
export const Welcome = () => {
  const texts = useTexts(PRODUCT_TEXTS);
  const tries = [
    { words: texts.tryPaying, href: '/products/prod_1' },
    { words: texts.tryRefused, href: '/products/prod_4' },
    { words: texts.tryLast, href: SCARCE },
  ];
  return (
    <section className={styles['welcome']} aria-labelledby="welcome">
      <div>
        <h1 id="welcome">{texts.welcome}</h1>
        <p>{texts.welcomeMore}</p>
      </div>
      <ol aria-label={texts.tries}>
        {tries.map(({ words: [title, hint], href }) => (
          <li key={href}>
            <Link href={href}>
              <strong>{title}</strong>
              <span>{hint}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
};
