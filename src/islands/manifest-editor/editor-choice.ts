// Which editor a reader wants: their own choice where they made one, else by the device.
const key = 'namespace-lab:editor';

/** `rich` is Monaco; touch devices get the plain one unless they ask, for Monaco does not serve them. */
export function editorChoice(): 'plain' | 'rich' {
  try {
    const choice = localStorage.getItem(key);
    if (choice === 'plain' || choice === 'rich') return choice;
  } catch {
    // Without storage the device decides each time.
  }
  return matchMedia('(hover: hover) and (pointer: fine)').matches ? 'rich' : 'plain';
}

/** Keeps the choice for all lessons. */
export function rememberEditorChoice(choice: 'plain' | 'rich'): void {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // Then it lasts for this page.
  }
}
