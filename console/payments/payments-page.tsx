import { useTexts } from '../../ui/language/language.tsx';
import { PAGE_TITLES } from '../page-titles.ts';

const PaymentsPage = () => <h1>{useTexts(PAGE_TITLES)['payments']}</h1>;

export default PaymentsPage;
