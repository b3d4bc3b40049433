import { useTexts } from '../../ui/language/language.tsx';
import { PAGE_TITLES } from '../page-titles.ts';

const WebhooksPage = () => <h1>{useTexts(PAGE_TITLES)['webhooks']}</h1>;

export default WebhooksPage;
