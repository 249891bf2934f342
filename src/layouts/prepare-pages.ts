// Has the browser prepare a page while the reader's pointer rests on its link, so that it is there with the click.
// Knows no page; browsers without speculation rules go without.
import { filePath } from '../i18n/page-path.ts';
import { speculationRules } from './speculation-rules.ts';

if (HTMLScriptElement.supports?.('speculationrules')) {
  const script = Object.assign(document.createElement('script'), { type: 'speculationrules', textContent: speculationRules(filePath('*')) });
  document.head.append(script);
}
