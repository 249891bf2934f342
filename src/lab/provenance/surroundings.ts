/** What a place of a world is, and which tools its containers have. */
import type { World } from '../../sim/shell/world.ts';
import type { RanLine } from '../bench-contract.ts';
import { toolsOfImage } from './line-shapes.ts';
import type { ContainerTools, Place, Surroundings } from './shape.ts';

/** What lies around a line at `at`, as it is now: containers that end later keep their tools. */
export function surroundingsOf({ cluster }: World, at: RanLine['at']): Surroundings | undefined {
  const containers = cluster
    .runningContainers()
    .map(({ namespace, pod, name, container }) => ({ namespace, pod, name, tools: toolsOfImage(container.image.repository) }));
  const all = new Set(containers.flatMap(({ tools }) => tools ?? []));
  const toolsIn = (pod: string, container: string | undefined): ContainerTools | undefined => {
    const own = containers.filter((each) => each.pod === pod.replace(/^pods?\//, ''));
    if (own.length === 0) return all.size === 1 ? [...all][0] : undefined;
    return (container === undefined ? own[0] : own.find(({ name }) => name === container))?.tools;
  };
  const place = (observer: string): Place | undefined => {
    if (cluster.nodes.includes(observer)) return 'node';
    if (cluster.machines.has(observer)) return 'outside';
    const found = cluster.findContainer(observer);
    return found && toolsOfImage(found.container.image.repository);
  };
  const where = typeof at === 'string' ? place(at) : at.place;
  return where && { place: where, toolsIn };
}
