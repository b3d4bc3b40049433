import { useId } from 'react';
import { useTexts } from '../../ui/language/language.tsx';
import type { Endpoint } from './endpoint-item.tsx';
import { TEXTS } from './texts.ts';

/** What an endpoint is made of, as inputs; with what it is now. */
export const EndpointFields = ({ endpoint }: { readonly endpoint: Endpoint | null }) => {
  const texts = useTexts(TEXTS);
  const [urlHint, typesHint] = [useId(), useId()];
  return (
    <>
      <label>
        {texts.url}
        <input
          name="url"
          type="url"
          required
          defaultValue={endpoint?.url}
          placeholder="https://partner.example/hooks"
          aria-describedby={urlHint}
        />
        <small id={urlHint}>{texts.urlHint}</small>
      </label>
      <label>
        {texts.types}
        <input
          name="types"
          defaultValue={endpoint?.eventTypes?.join(', ')}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={typesHint}
        />
        <small id={typesHint}>{texts.typesHint}</small>
      </label>
      <label>
        {texts.format}
        <select name="format" defaultValue={endpoint?.format ?? 'STRUCTURED'}>
          <option value="STRUCTURED">{texts.formats.STRUCTURED}</option>
          <option value="BINARY">{texts.formats.BINARY}</option>
        </select>
      </label>
    </>
  );
};
