import { describe, expect, it } from 'vitest';
import { ShellMachine, type Ran } from '../../shell-machine.testing.ts';

/** Runs `client` against a server on port 8000 that says `answer` to whoever connects first. */
async function against(answer: string, client: string): Promise<Ran> {
  const machine = new ShellMachine('debian');
  await machine.run('ip link set lo up');
  return machine.run(`printf '${answer}' | nc -N -l 8000 >/dev/null & sleep 0.2; ${client}`, { limit: 20 });
}

const HELLO = String.raw`HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n`;

describe('curl', () => {
  it('prints the body as long as its announced length', async () => {
    expect(await against(HELLO, 'curl -s http://127.0.0.1:8000/')).toMatchObject({ exitCode: 0, stdout: 'hello\n', stderr: '' });
  });

  it('joins chunks', async () => {
    const chunked = String.raw`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n3\r\nlo\n\r\n0\r\n\r\n`;
    expect(await against(chunked, 'curl -s http://127.0.0.1:8000/')).toMatchObject({ exitCode: 0, stdout: 'hello\n' });
  });

  it('shows the head with -i and the code with -w', async () => {
    const ran = await against(HELLO, "curl -s -i -w '%{http_code} %{size_download}\\n' 127.0.0.1:8000");
    expect(ran.stdout).toBe('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n200 6\n');
  });

  it('fails without output for an error page with -f', async () => {
    const missing = String.raw`HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno\n`;
    expect(await against(missing, 'curl -sSf http://127.0.0.1:8000/x')).toMatchObject({
      exitCode: 22,
      stdout: '',
      stderr: 'curl: (22) The requested URL returned error: 404\n',
    });
  });

  it('tells an empty reply from one that is no HTTP', async () => {
    expect(await against('', 'curl -sS http://127.0.0.1:8000/')).toMatchObject({ exitCode: 52, stderr: 'curl: (52) Empty reply from server\n' });
    expect(await against('SSH-2.0-x\\r\\n', 'curl -sS http://127.0.0.1:8000/')).toMatchObject({
      exitCode: 1,
      stderr: 'curl: (1) Received HTTP/0.9 when not allowed\n',
    });
  });

  it('gives up after -m seconds', async () => {
    const machine = new ShellMachine('debian');
    await machine.run('ip link set lo up');
    const ran = await machine.run('sleep 9 | nc -l 8000 >/dev/null & sleep 0.2; curl -sS -m 2 http://127.0.0.1:8000/', { limit: 20 });
    expect(ran).toMatchObject({ exitCode: 28, stderr: 'curl: (28) Operation timed out after 2000 milliseconds with 0 bytes received\n' });
  });
});
