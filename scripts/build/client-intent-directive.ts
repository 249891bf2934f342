// Runs in the page for each `client:intent` island. What is clicked or typed before the island is awake is held back
// and done again once it is, so that nobody has to wait or repeat.
import type { ClientDirective } from 'astro';

const signs = ['pointermove', 'pointerdown', 'keydown', 'touchstart', 'wheel', 'scroll', 'focusin', 'input'] as const;

function hasSavedWork(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith('namespace-lab:lesson:'));
  } catch {
    return false;
  }
}

const intent: ClientDirective = (load, _options, element) => {
  const held: Event[] = [];
  const hold = (event: Event): void => {
    const target = event.target as HTMLElement;
    // A text field takes what is typed by itself; its content is read when the island wakes.
    const self = target.closest('textarea, input:not([type="checkbox"]), select, a') !== null;
    if (self && event.type === 'keydown') return;
    if (event.type === 'keydown' && ((event as KeyboardEvent).key === 'Tab' || (event as KeyboardEvent).metaKey)) return;
    if (event.type === 'click' && self) return;
    event.preventDefault();
    event.stopPropagation();
    held.push(event);
  };
  const wake = async (): Promise<void> => {
    for (const sign of signs) removeEventListener(sign, start);
    const hydrate = await load();
    await hydrate();
    // The island's own effects run after its first frame.
    requestAnimationFrame(() => setTimeout(replay));
  };
  // Holding ends in the same task in which all is done again, so that keys keep their order.
  const replay = (): void => {
    element.removeEventListener('click', hold, true);
    element.removeEventListener('keydown', hold, true);
    for (const event of held) {
      const target = event.target as HTMLElement;
      if (event.type === 'click') target.click();
      else target.dispatchEvent(new KeyboardEvent('keydown', event as KeyboardEvent));
    }
  };
  let woken = false;
  function start(): void {
    if (woken) return;
    woken = true;
    void wake();
  }
  element.addEventListener('click', hold, true);
  element.addEventListener('keydown', hold, true);
  for (const sign of signs) addEventListener(sign, start, { passive: true });
  const begin = (): void => {
    if (hasSavedWork() || /^#(?:manifest|world)=/.test(location.hash)) start();
  };
  // A page that is prepared ahead has no reader yet.
  if ('prerendering' in document && document.prerendering) document.addEventListener('prerenderingchange', begin, { once: true });
  else begin();
};

export default intent;
