import { describe, expect, it } from 'vitest';
import { comparePrediction } from './compare-prediction.ts';

describe('a prediction beside what was printed', () => {
  it('ticks what came, strikes what did not and names what was missed', () => {
    expect(comparePrediction(['eth0', 'lo'], ['ens37', 'lo'])).toEqual([
      { mark: 'missed', text: 'ens37' },
      { mark: 'hit', text: 'lo' },
      { mark: 'wrong', text: 'eth0' },
    ]);
  });

  it('does not mind the padding of columns', () => {
    expect(comparePrediction(['1 root 0:00 init'], ['    1 root      0:00 init'])).toEqual([{ mark: 'hit', text: '    1 root      0:00 init' }]);
  });

  it('says nothing was printed by striking everything', () => {
    expect(comparePrediction(['a', 'b'], [])).toEqual([
      { mark: 'wrong', text: 'a' },
      { mark: 'wrong', text: 'b' },
    ]);
  });
});
