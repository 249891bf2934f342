// The form in a real browser: every exercise's manifest is written with it alone, by names and roles, on a phone too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { FormEdit } from '../src/islands/manifest-form/form-state.ts';
import { planEdits } from '../src/islands/manifest-form/plan-edits.testing.ts';
import { readForm } from '../src/islands/manifest-form/read-form.ts';
import { openLesson } from './driver.ts';

const more = { zh: '名字、镜像、命令、容器', en: 'Name, image, command, containers' } as const;
const addPort = { zh: '＋ 加一个端口', en: '+ Add a port' } as const;

const root = fileURLToPath(new URL('../content/lessons/', import.meta.url));
const lessons = readdirSync(root).flatMap((module) =>
  readdirSync(join(root, module)).map((lesson) => ({
    id: [module, lesson].map((part) => part.replace(/^\d+-/, '')).join('/'),
    folder: join(root, module, lesson),
  })),
);

/** Does one thing in the form as somebody does who hears only names and roles. */
async function perform(page: Page, language: 'zh' | 'en', edit: FormEdit): Promise<void> {
  const form = page.locator('.form');
  switch (edit.kind) {
    case 'flag':
      return form.getByRole('switch', { name: edit.field }).click();
    case 'port': {
      const field = form.getByLabel(edit.field, { exact: true }).nth(edit.index);
      await (edit.field === 'protocol' ? field.selectOption(edit.value) : field.fill(edit.value));
      return;
    }
    case 'add-port':
      return form.getByRole('button', { name: addPort[language] }).nth(edit.container).click();
    case 'container':
      return form
        .getByRole('group', { name: /^(?:容器|Container) / })
        .nth(edit.container)
        .getByLabel(edit.field, { exact: true })
        .fill(edit.value);
    default:
      throw new Error(`no exercise needed ${edit.kind} so far`);
  }
}

for (const language of ['zh', 'en'] as const) {
  for (const { id, folder } of lessons) {
    test(`${language}: the exercise of ${id} is done in the form alone`, async ({ page }) => {
      const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
      const lesson = await openLesson(page, language, id);
      for (const edit of planEdits(readForm(read('start.yaml')), readForm(read('solution.yaml')))) await perform(page, language, edit);
      await expect.poll(async () => readForm(await lesson.manifest.inputValue())).toEqual(readForm(read('solution.yaml')));
      await page.getByRole('button', { name: language === 'zh' ? '应用' : 'Apply', exact: true }).click();
      await expect(page.locator('#editor-state')).toContainText('created');
      if (id !== 'network/node-ports') return;
      // The deed that this one asks for can be done without typing as well.
      await page.getByRole('tab', { name: language === 'zh' ? '集群图' : 'Map', exact: true }).click();
      await page.getByRole('button', { name: language === 'zh' ? '到终点' : 'To the end' }).click();
      await lesson.judged('solved');
    });
  }
}

test('the form grows: names, images, commands, a second container; a broken text pauses it with its line', async ({ page }) => {
  const lesson = await openLesson(page, 'en', 'network/host-network');
  const form = page.locator('.form');
  await lesson.manifest.focus();
  await form.getByText(more.en).click();
  const first = form.getByRole('group', { name: 'Container main' });
  await first.getByLabel('command', { exact: true }).press('End');
  await page.keyboard.type(' 1');
  await expect(lesson.manifest).toHaveValue(/command: \["\/bin\/sleep", "999999", "1"\]/);
  const name = form.getByRole('group', { name: /^Container / }).getByLabel('name', { exact: true });
  await name.fill('Main!');
  await lesson.judged('refused');
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await name.fill('main');
  await first.getByLabel('image').fill('alpine:3.20');
  await lesson.judged('accepted');
  await form.getByRole('button', { name: 'Add a container' }).click();
  const second = form.getByRole('group', { name: 'Container container-2' });
  await expect(second.getByLabel('name')).toBeFocused();
  await second.getByLabel('name').fill('side');
  await form.getByRole('switch', { name: 'shareProcessNamespace' }).click();
  await expect(form.locator('.form-sentence')).toContainText('see each other’s processes');
  await form.getByRole('switch', { name: 'hostUsers' }).click();
  await expect(form.locator('.form-sentence')).toContainText('Root inside is not root on the node.');
  await form.getByRole('button', { name: 'Remove container side' }).click();
  await expect(lesson.manifest).toHaveValue(/^(?!.*side)/s);
  await lesson.write('kind: Pod\nspec:\n\thostPID: true\n');
  await expect(form).toContainText('cannot be read at line 3');
  await lesson.write(
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: a\n    image: alpine\n' +
      '---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80 # web\n',
  );
  await form.getByText('Labels', { exact: true }).click();
  await form.getByRole('button', { name: 'Add a label' }).click();
  await expect(form.getByRole('textbox', { name: 'Key' })).toBeFocused();
  await expect(lesson.manifest).toHaveValue(/name: web\n {2}labels:\n {4}app: web\nspec:/);
  // The second object of the text is as near as the first.
  await form.getByRole('combobox', { name: 'Object (one of 2)' }).selectOption('Service web');
  await expect(form.locator('.form-sentence')).toContainText('has no selector');
  const selector = form.getByRole('group', { name: 'spec.selector' });
  await selector.getByRole('button', { name: 'Add a label' }).click();
  await selector.getByRole('textbox', { name: 'Value of app' }).fill('Not valid!');
  await lesson.judged('refused');
  await selector.getByRole('textbox', { name: 'Value of app' }).fill('web');
  await lesson.judged('accepted');
  await selector.getByRole('button', { name: 'Add a label' }).click();
  await selector.getByRole('button', { name: 'Remove label label-2' }).press('Enter');
  await expect(selector.getByRole('button', { name: 'Add a label' })).toBeFocused();
  await form.getByRole('combobox', { name: 'type' }).selectOption('NodePort');
  await form.getByRole('textbox', { name: 'nodePort' }).fill('30080');
  await expect(lesson.manifest).toHaveValue(/type: NodePort\n {2}selector:\n {4}app: web\n {2}ports:\n {2}- port: 80 # web\n {4}nodePort: 30080\n/);
});
