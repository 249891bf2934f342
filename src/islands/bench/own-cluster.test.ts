import { expect, it } from 'vitest';
import { ownClusterScript } from './own-cluster.ts';

it('quotes a manifest so that the shell changes nothing in it', () => {
  expect(ownClusterScript('a: $HOME `x`')).toBe("kubectl apply -f - <<'END'\na: $HOME `x`\nEND\n");
  expect(ownClusterScript('a: 1\nEND\n')).toBe("kubectl apply -f - <<'ENDX'\na: 1\nEND\nENDX\n");
});
