/** Judges whether somebody outside reached a port of a node. */
import type { Check } from '../check.ts';

/** Met when `port` of any node's address answered a request that came from `from`. */
export function portAnswered(options: { readonly from: string; readonly port: number }): Check {
  return {
    name: 'port-answered',
    needsWorld: true,
    codes: ['port.notAnswered'],
    judge({ world }) {
      const reached = world?.answered.some((each) => each.from === options.from && each.port === options.port) ?? false;
      return reached ? [] : [{ code: 'port.notAnswered', params: options }];
    },
  };
}
