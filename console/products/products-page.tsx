import { useTexts } from '../../ui/language/language.tsx';
import { PAGE_TITLES } from '../page-titles.ts';

const ProductsPage = () => <h1>{useTexts(PAGE_TITLES)['products']}</h1>;

export default ProductsPage;
