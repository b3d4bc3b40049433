import { useTexts } from '../../ui/language/language.tsx';
import { PAGE_TITLES } from '../page-titles.ts';

const StuckOrdersPage = () => <h1>{useTexts(PAGE_TITLES)['stuck-orders']}</h1>;

export default StuckOrdersPage;
