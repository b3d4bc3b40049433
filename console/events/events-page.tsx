import { useTexts } from '../../ui/language/language.tsx';
import { PAGE_TITLES } from '../page-titles.ts';

const EventsPage = () => <h1>{useTexts(PAGE_TITLES)['events']}</h1>;

export default EventsPage;
