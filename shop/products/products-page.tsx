import { useRef } from 'react';
import { useSearchParams } from 'wouter';
import { useTexts } from '../../ui/language/language.tsx';
import { useTitle } from '../parts/use-title.ts';
import styles from './products.module.css';
import { Shelf } from './shelf.tsx';
import { PRODUCT_TEXTS } from './texts.ts';
import { Welcome } from './welcome.tsx';

const TYPING_MS = 250;
const SEARCH = 'q';

const ProductsPage = () => {
  const texts = useTexts(PRODUCT_TEXTS);
  const [search, setSearch] = useSearchParams();
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const name = search.get(SEARCH) ?? '';
  useTitle(texts.products);
  const find = (words: string): void => {
    clearTimeout(typing.current);
    typing.current = setTimeout(() => setSearch(words === '' ? {} : { [SEARCH]: words }, { replace: true }), TYPING_MS);
  };
  return (
    <>
      {name === '' && <Welcome />}
      <div className={styles['head']}>
        <h2>{texts.products}</h2>
        <input
          key={name === '' ? 'all' : 'some'}
          type="search"
          aria-label={texts.search}
          placeholder={texts.search}
          defaultValue={name}
          maxLength={100}
          onChange={({ target }) => find(target.value.trim())}
        />
      </div>
      <Shelf key={name} name={name} onShowAll={() => setSearch({})} />
    </>
  );
};

export default ProductsPage;
