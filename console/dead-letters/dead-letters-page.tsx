import { useTexts } from '../../ui/language/language.tsx';
import { PAGE_TITLES } from '../page-titles.ts';

const DeadLettersPage = () => <h1>{useTexts(PAGE_TITLES)['dead-letters']}</h1>;

export default DeadLettersPage;
