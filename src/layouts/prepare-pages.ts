// Has the browser prepare a page before its link is followed, so that it is there with the click; a browser that cannot
// fetches at least its text once the reader turns to the link. Knows no page.
import { filePath } from '../i18n/page-path.ts';
import { speculationRules } from './speculation-rules.ts';

if (HTMLScriptElement.supports?.('speculationrules')) {
  const script = Object.assign(document.createElement('script'), { type: 'speculationrules', textContent: speculationRules(filePath('*')) });
  document.head.append(script);
} else {
  const fetched = new Set<string>();
  const prepare = ({ target }: Event): void => {
    const link = (target as Element).closest?.('a');
    const href = link?.href.split('#')[0] ?? '';
    if (link?.origin !== location.origin || href === location.href.split('#')[0] || fetched.has(href)) return;
    fetched.add(href);
    document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href }));
  };
  for (const turning of ['pointerover', 'focusin', 'touchstart']) addEventListener(turning, prepare, { passive: true });
}

// A page that is being prepared works out now where everything stands; then the click has it painted only.
if ('prerendering' in document && document.prerendering) document.body.getBoundingClientRect();
