// Has the browser prepare a page while the reader's pointer rests on its link, so that it is there with the click.
// Knows no page; browsers without speculation rules go without.
const rules = { prerender: [{ where: { href_matches: `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}*` }, eagerness: 'moderate' }] };

if (HTMLScriptElement.supports?.('speculationrules')) {
  document.head.append(Object.assign(document.createElement('script'), { type: 'speculationrules', textContent: JSON.stringify(rules) }));
}
