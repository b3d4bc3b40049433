import { useTexts } from '../../ui/language/language.tsx';
import { PAGE_TITLES } from '../page-titles.ts';

const OverviewPage = () => <h1>{useTexts(PAGE_TITLES)['overview']}</h1>;

export default OverviewPage;
