import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TerminalRemark } from './bench-contract.ts';
import { REMARK_CODES, remarkOn, RemarkWatcher } from './terminal-remarks.ts';

const commands = ['ifconfig', 'ip', 'ipcs', 'kubectl', 'ps', 'ss'];
const explain = (line: string, output: string): TerminalRemark | undefined => remarkOn({ line, output, commands });

it('names a command that is not there, its column, and the one that was probably meant', () => {
  expect(explain('ps aux | ifconfg', 'bash: ifconfg: command not found\n')).toEqual({
    code: 'commandMeant',
    params: { name: 'ifconfg', suggestion: 'ifconfig' },
    upstream: 'bash: ifconfg: command not found',
    column: 10,
  });
  expect(explain('frobnicate', 'sh: frobnicate: not found\n')).toMatchObject({ code: 'commandNotFound', column: 1 });
});

it('explains what kubectl and the API server refuse', () => {
  expect(explain('kubectl gte po', 'error: unknown command "gte" for "kubectl"\n')).toMatchObject({ code: 'noSuchVerb', column: 9 });
  expect(explain('kubectl get pod x', 'Error from server (NotFound): pods "x" not found\n')).toMatchObject({
    code: 'noSuchObject',
    params: { name: 'x' },
  });
  expect(
    explain('kubectl create -f a.yaml', 'Error from server (AlreadyExists): error when creating "a.yaml": pods "a" already exists\n'),
  ).toMatchObject({
    code: 'alreadyExists',
    params: { name: 'a' },
  });
});

it('tells a refused connection from one that nobody answers', () => {
  expect(
    explain('curl 192.168.2.205:9000', "curl: (7) Failed to connect to 192.168.2.205 port 9000 after 0 ms: Couldn't connect to server\n"),
  ).toMatchObject({
    code: 'refused',
  });
  expect(explain('curl -m 2 192.168.2.205:30080', 'curl: (28) Connection timed out after 2001 milliseconds\n')).toMatchObject({ code: 'timedOut' });
});

it('says nothing about output that needs no explanation', () => {
  expect(explain('kubectl get po', 'NAME   READY   STATUS    RESTARTS   AGE\nweb    1/1     Running   0          5s\n')).toBeUndefined();
});

it('waits for the end of a line, tells a remark once, and takes it back with the next line', () => {
  const told: (string | undefined)[] = [];
  const watcher = new RemarkWatcher(commands, (remark) => told.push(remark?.code));
  watcher.typed('sss\r');
  watcher.received('sss\r\nbash: sss: comm');
  expect(told).toEqual([]);
  watcher.received('and not found\r\n');
  watcher.received('bash: sss: command not found\r\n');
  expect(told).toEqual(['commandMeant']);
  watcher.typed('ss\r');
  expect(told).toEqual(['commandMeant', undefined]);
});

it('ends in a remark or none, whatever a program prints', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (line, output) => {
      const watcher = new RemarkWatcher(commands, (remark) => expect(remark === undefined || REMARK_CODES.includes(remark.code)).toBe(true));
      watcher.typed(`${line}\r`);
      watcher.received(`${output}\n`);
    }),
  );
});

it('every remark has words in every locale', () => {
  const folder = fileURLToPath(new URL('../../content/locales/', import.meta.url));
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const { messages } = JSON.parse(readFileSync(folder + file, 'utf8')) as { messages: Record<string, unknown> };
    expect(
      REMARK_CODES.filter((code) => !(`remark.${code}` in messages)),
      file,
    ).toEqual([]);
  }
});
