import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineShapes } from './line-shapes.ts';
import type { Place, Surroundings } from './shape.ts';

const at = (place: Place): Surroundings => ({
  place,
  toolsIn: (pod, container) => (pod === 'web' ? (container === 'node' ? 'debian' : 'busybox') : undefined),
});

function keys(line: string, place: Place = 'node'): readonly string[] | undefined {
  return lineShapes(line, at(place))?.shapes.map((shape) => (shape.place === place ? shape.key : `${shape.place}: ${shape.key}`));
}

describe('the shape of a line', () => {
  it('has its options in one order and its values nowhere', () => {
    expect(keys('ss -tlnp')).toEqual(['ss -l -n -p -t']);
    expect(keys('ss -p -n -l -t')).toEqual(keys('ss -tlnp'));
    expect(keys('ping -c3 192.168.2.205')).toEqual(keys('ping -c 1 client'));
    expect(keys('curl -sS -m 3 http://client:80')).toEqual(['curl -S -m -s +']);
    expect(keys('kill -9 4711')).toEqual(keys('kill -TERM 1'));
    expect(keys('head -3 a b')).toEqual(['head -NUMBER +']);
    expect(keys('ps aux')).toEqual(['ps a u x']);
  });

  it('tells what is missing from what is there', () => {
    expect(keys('kill')).toEqual(['kill']);
    expect(keys('kill 1')).toEqual(['kill +']);
    expect(keys('kill $!')).toEqual(['kill $']);
  });

  it('names the subcommand, the kind and the output of kubectl', () => {
    expect(keys('kubectl get po')).toEqual(['kubectl get pods']);
    expect(keys('kubectl get pod web -owide -n lab')).toEqual(['kubectl get pods --namespace --output=wide +']);
    expect(keys('kubectl -n lab get pods/web -o wide')).toEqual(['kubectl get pods --namespace --output=wide +']);
    expect(keys('kubectl get deploy,svc')).toEqual(['kubectl get deployments,services']);
    expect(keys('kubectl rollout status deploy/web --timeout=9s')).toEqual(['kubectl rollout status deployments --timeout +']);
    expect(keys('kubectl get po -o jsonpath={.items}')).toEqual(['kubectl get pods --output=jsonpath']);
    expect(keys('kubectl gett po')).toEqual(['kubectl gett po']);
  });

  it('names object, verb and keywords of ip, however short they are typed', () => {
    expect(keys('ip a')).toEqual(['ip address show']);
    expect(keys('ip -br addr show dev ens37')).toEqual(['ip address show dev -br +']);
    expect(keys('ip link add v0 type veth peer name v1')).toEqual(['ip link add name peer type=veth +']);
    expect(keys('ip netns exec red ss -t')).toEqual(['ip netns exec +', 'ss -t']);
  });

  it('counts each column and each computed file', () => {
    expect(keys('ps -eo pid,comm=')).toEqual(['ps -e -o', 'ps column pid', 'ps column comm']);
    expect(keys('cat /proc/812/status notes')).toEqual(['cat +', 'file /proc/N/status']);
    expect(keys('ls -l /proc/$p/ns')).toEqual(['ls -l +', 'ls /proc/N/ns']);
    expect(keys('wc -l < /etc/hosts')).toEqual(['file /etc/hosts', 'wc -l']);
  });

  it('has every command of a pipeline, a list, a loop and a substitution', () => {
    expect(keys('ps -ef | grep -v x && echo done > f')).toEqual(['ps -e -f', 'grep -v +', 'echo +']);
    expect(keys('for i in 1 2; do sleep $i; done')).toEqual(['(for)', 'sleep $']);
    expect(keys('kill $(pgrep node)')).toEqual(['pgrep +', 'kill $']);
    expect(keys('x=$(hostname)')).toEqual(['hostname', '(assignment)']);
  });

  it('goes where kubectl exec goes, and into the texts of shells', () => {
    expect(keys('kubectl exec web -- ps aux')).toEqual(['kubectl exec + --', 'busybox: ps a u x']);
    expect(keys('kubectl exec -it web -c node -- ps aux')).toEqual(['kubectl exec --container --stdin --tty + --', 'debian: ps a u x']);
    expect(keys("kubectl exec web -- sh -c 'ps | wc -l'")).toEqual(['kubectl exec + --', 'busybox: sh -c', 'busybox: ps', 'busybox: wc -l']);
    expect(keys('timeout -k 1 5 nsenter -t 7 -n ip addr')).toEqual(['timeout -k --', 'nsenter -n -t --', 'ip address show']);
  });

  it('is not known where the running shell decides, or where nobody knows the place', () => {
    for (const line of [
      '$x -l',
      'eval "ls"',
      'sh -c "$x"',
      'kubectl exec other -- ps',
      'nsenter -t 7 -m ls',
      'echo "abc',
      'for i in',
      '',
      '# nothing',
    ])
      expect(lineShapes(line, at('node'))).toBeUndefined();
  });

  it('is found for any line without a fault', () => {
    const word = fc.constantFrom(
      'kubectl',
      'exec',
      '--',
      'sh',
      '-c',
      '-',
      'ip',
      'netns',
      'get',
      '|',
      '$(',
      ')',
      '"',
      "'",
      '{a,b}',
      '<<',
      '&&',
      'ps',
      '-eo',
      '[[',
      'xargs',
      'env',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
        ),
        (line) => {
          for (const place of ['node', 'busybox', 'debian', 'outside'] as const) {
            const found = lineShapes(line, at(place));
            if (found) expect(found.shapes.length).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
