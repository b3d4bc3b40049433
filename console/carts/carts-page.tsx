import { useTexts } from '../../ui/language/language.tsx';
import { PAGE_TITLES } from '../page-titles.ts';

const CartsPage = () => <h1>{useTexts(PAGE_TITLES)['carts']}</h1>;

export default CartsPage;
