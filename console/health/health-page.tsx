import { useTexts } from '../../ui/language/language.tsx';
import { PAGE_TITLES } from '../page-titles.ts';

const HealthPage = () => <h1>{useTexts(PAGE_TITLES)['health']}</h1>;

export default HealthPage;
