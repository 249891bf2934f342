/** Secrets of three types (kubectl pkg/cmd/create/create_secret.go, create_secret_tls.go, create_secret_docker.go, v0.37). */
import { commandGroup } from '../command-group.ts';
import { isErrno } from '../../../../linux/errno.ts';
import { Failure } from '../failure.ts';
import { flagsOf } from '../flags.ts';
import type { Verb } from '../verb.ts';
import { encodeBase64 } from './base64.ts';
import { createObject } from './create-object.ts';
import { generator, nameOf } from './generator.ts';

export const SOURCE_FLAGS = flagsOf('append-hash!', 'from-env-file,', 'from-file,', 'from-literal+');

function secretOf(name: string, type: string, values: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, encodeBase64(value)]));
  return { apiVersion: 'v1', ...(Object.keys(data).length === 0 ? {} : { data }), kind: 'Secret', metadata: { name }, type };
}

const tlsFlags = generator(
  'tls',
  { short: 'Create a TLS secret', usage: 'NAME --cert=path/to/cert/file --key=path/to/key/file', flags: flagsOf('append-hash!', 'cert=', 'key=') },
  () => ({}),
);

/** The pair is taken as it is: whether the key fits is not looked at. */
const tls: Verb = {
  ...tlsFlags,
  *run(session, input) {
    const files = ['cert', 'key'].map((flag) => input.flags.text(flag));
    if (files.some((file) => file === '')) throw new Failure('key and cert must be specified');
    const texts: string[] = [];
    for (const file of files) {
      const text = yield* session.context.readFile(file);
      if (isErrno(text)) throw new Failure(`Cannot read file ${file}, open ${file}: ${text.text.toLowerCase()}`);
      texts.push(text);
    }
    const [cert = '', key = ''] = texts;
    yield* createObject(session, secretOf(nameOf(input), 'kubernetes.io/tls', { 'tls.crt': cert, 'tls.key': key }));
    return 0;
  },
};

const dockerRegistry = generator(
  'docker-registry',
  {
    short: 'Create a secret for use with a Docker registry',
    usage:
      'NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]',
    failing: 'secret',
    flags: [...SOURCE_FLAGS, ...flagsOf('docker-email=', 'docker-password=', 'docker-server=https://index.docker.io/v1/', 'docker-username=')],
  },
  (input, sources) => {
    const name = nameOf(input);
    const [username, password, email, server] = ['username', 'password', 'email', 'server'].map((flag) => input.flags.text(`docker-${flag}`));
    const type = 'kubernetes.io/dockerconfigjson';
    if (Object.keys(sources).length > 0) return secretOf(name, type, sources);
    if (username === '' || password === '')
      throw new Failure('either --from-file or the combination of --docker-username, --docker-password and --docker-server is required');
    const auth = encodeBase64(`${username ?? ''}:${password ?? ''}`);
    const entry = { username, password, ...(email === '' ? {} : { email }), auth };
    return secretOf(name, type, { '.dockerconfigjson': JSON.stringify({ auths: { [server ?? '']: entry } }) });
  },
);

export const secret = commandGroup(
  {
    name: 'secret',
    short: 'Create a secret using a specified subcommand',
    long: 'Create a secret with specified type.',
    usage: '(docker-registry | generic | tls)',
  },
  [
    generator(
      'generic',
      {
        short: 'Create a secret from a local file, directory, or literal value',
        usage: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1]',
        failing: 'secret',
        flags: [...SOURCE_FLAGS, ...flagsOf('type=')],
      },
      (input, sources) => {
        const name = nameOf(input);
        const data = Object.fromEntries(Object.entries(sources).map(([key, value]) => [key, encodeBase64(value)]));
        const type = input.flags.text('type');
        return {
          apiVersion: 'v1',
          ...(Object.keys(data).length === 0 ? {} : { data }),
          kind: 'Secret',
          metadata: { name },
          type: type === '' ? 'Opaque' : type,
        };
      },
    ),
    tls,
    dockerRegistry,
  ],
);
