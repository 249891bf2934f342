// Which moment of which world the deck shows; none is the present. Loads what brings a moment about when first asked.
import { useMemo, useRef, useState } from 'preact/hooks';
import type { Moment } from '../../lab/moment.ts';
import type { Story } from '../../lab/story.ts';

export interface Past {
  readonly moment: Moment | undefined;
  /** The moment's world came with a link. */
  readonly foreign: boolean;
  readonly state: 'rest' | 'working' | 'failed' | 'tooMuch';
  /** Shows a moment; a later call overtakes an earlier one. */
  readonly show: (story: Story, at: number) => void;
  readonly showForeign: (story: Story, at: number) => void;
  /** Back to the learner's own present. */
  readonly leave: () => void;
}

/** The same object until another moment is shown. */
export function usePast(): Past {
  const [shown, setShown] = useState<Pick<Past, 'moment' | 'foreign' | 'state'>>({ moment: undefined, foreign: false, state: 'rest' });
  const control = useRef<AbortController | undefined>(undefined);

  const bring = async (story: Story, at: number, foreign: boolean): Promise<void> => {
    control.current?.abort();
    const own = new AbortController();
    control.current = own;
    setShown((last) => ({ ...last, state: 'working' }));
    try {
      const { openMoment } = await import('../../lab/moment.ts');
      const moment = await openMoment(story, at, own.signal);
      if (control.current === own) setShown({ moment, foreign, state: 'rest' });
    } catch (error) {
      const state = error instanceof Error && error.name === 'TooMuchWork' ? 'tooMuch' : 'failed';
      if (control.current === own) setShown((last) => ({ ...last, state }));
    }
  };

  return useMemo(
    () => ({
      ...shown,
      show: (story, at) => void bring(story, at, shown.foreign),
      showForeign: (story, at) => void bring(story, at, true),
      leave: () => {
        control.current?.abort();
        control.current = undefined;
        setShown({ moment: undefined, foreign: false, state: 'rest' });
      },
    }),
    [shown],
  );
}
