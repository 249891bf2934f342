import { describe, expect, it } from 'vitest';
import { flagsOf, parseDuration, parseFlags } from './flags.ts';

const flags = flagsOf('n|namespace=', 'A|all-namespaces!', 'tail#-1', 'f|filename,', 'env+', 'timeout~30s', 'wait!true');

describe('flags of kubectl', () => {
  it('may stand anywhere, joined or apart', () => {
    const { args, values, dash } = parseFlags(['po', '-nfoo', 'web', '--tail=3', '-A', '-f', 'a,b', '-f=c', '--', '-x'], flags, 'kubectl get');
    expect(args).toEqual(['po', 'web', '-x']);
    expect(dash).toBe(2);
    expect([values.text('namespace'), values.integer('tail'), values.bool('all-namespaces'), values.list('filename'), values.bool('wait')]).toEqual([
      'foo',
      3,
      true,
      ['a', 'b', 'c'],
      true,
    ]);
  });

  it.each([
    [['--nope'], 'unknown flag: --nope'],
    [['-xA'], "unknown shorthand flag: 'x' in -xA"],
    [['-n'], "flag needs an argument: 'n' in -n"],
    [['--tail'], 'flag needs an argument: --tail'],
    [['--tail=x'], 'invalid argument "x" for "--tail" flag: strconv.ParseInt: parsing "x": invalid syntax'],
    [['-A=maybe'], 'invalid argument "maybe" for "-A, --all-namespaces" flag: strconv.ParseBool: parsing "maybe": invalid syntax'],
  ])('%j is refused: %s', (words, message) => {
    expect(() => parseFlags(words, flags, 'kubectl get')).toThrow(`${message}\nSee 'kubectl get --help' for usage.`);
  });

  it('reads durations as Go does', () => {
    expect(['1m30s', '250ms', '0', '1.5h', 'soon', '5'].map(parseDuration)).toEqual([90_000, 250, 0, 5_400_000, undefined, undefined]);
  });
});
