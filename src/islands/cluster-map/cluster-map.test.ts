import { beforeAll, describe, expect, it } from 'vitest';
import en from '../../../content/locales/en.json' with { type: 'json' };
import { programsOnDisk } from '../../../scripts/commands-on-disk.ts';
import { createTranslate } from '../../i18n/create-translate.ts';
import type { MapSnapshot } from '../../lab/map-contract.ts';
import { mapSnapshot } from '../../lab/map-snapshot.ts';
import { createCluster } from '../../sim/kube/create-cluster.ts';
import { World } from '../../sim/shell/world.ts';
import { mapContent } from './map-content.ts';
import { placeMap } from './map-layout.ts';
import type { Box, RegionPlace } from './map-layout.ts';
import { packetOf, packetWays, waySteps } from './packet-way.ts';
import { clipTo, textWidth, wrap } from './text-width.ts';

const t = createTranslate('en', [en.messages]);
const manifest = [
  ...Array.from(
    { length: 20 },
    (_, index) =>
      `{apiVersion: v1, kind: Pod, metadata: {name: pod-with-a-rather-long-name-${index}}, spec: {nodeName: ${index % 3 === 0 ? 'server6-node2' : 'server5-node1'}, hostPID: ${index % 5 === 0}, hostIPC: ${index % 4 === 0}, containers: [{name: main, image: alpine, command: [sleep, "999"]}]}}`,
  ),
  '{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {nodeName: server6-node2, containers: [{name: main, image: luksa/kubia}]}}',
  '{apiVersion: v1, kind: Service, metadata: {name: any}, spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}}',
  '{apiVersion: v1, kind: Service, metadata: {name: near}, spec: {type: NodePort, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30081}]}}',
].join('\n---\n');

let world: MapSnapshot;

beforeAll(async () => {
  const running = new World(createCluster({ programs: await programsOnDisk(), seed: 'map' }));
  running.writeFile('server4-master', '/root/all.yaml', manifest);
  for (const [at, line] of [
    ['server4-master', 'kubectl apply -f all.yaml; kubectl wait --for=condition=Ready pod/web; sleep 5'],
    ['client', 'curl -s -m 2 http://192.168.2.205:30080'],
    ['client', 'curl -s -m 2 http://192.168.2.205:30081'],
    ['client', 'curl -s -m 2 http://192.168.2.205:30082'],
  ] as const) {
    const run = running.run(at, line);
    await running.cluster.simulation.runUntilSettled(() => run?.exitCode !== undefined, { limit: 60_000, budget: 900_000 });
  }
  world = mapSnapshot(running.cluster);
}, 60_000);

function codes(to: string): readonly string[] {
  const way = packetWays(world).find(({ id }) => id.endsWith(` ${to}`));
  const packet = way && packetOf(world, way);
  return packet ? waySteps(world, packet).map(({ code }) => code) : [];
}

describe('a packet’s way', () => {
  it('goes from any node over the LAN to the node of the endpoint, and in', () => {
    expect(codes('192.168.2.205:30080')).toEqual([
      'sent',
      'arrives',
      'newDestination',
      'forwarded',
      'newSource',
      'arrives',
      'forwarded',
      'bridged',
      'intoPod',
      'answered',
    ]);
  });

  it('ends in silence at a node without an endpoint when the policy is Local', () => {
    expect(codes('192.168.2.205:30081')).toEqual(['sent', 'arrives', 'local']);
  });

  it('is refused where nobody listens', () => {
    expect(codes('192.168.2.205:30082')).toEqual(['sent', 'arrives', 'refused']);
  });

  it('is offered for every NodePort on every node', () => {
    expect(packetWays(world).filter(({ send }) => send !== undefined)).toHaveLength(6);
  });

  it('has words for every step in a place that is drawn', () => {
    const place = placeMap(mapContent(t, world, false), 800, true);
    for (const way of packetWays(world)) {
      const packet = packetOf(world, way);
      for (const step of packet ? waySteps(world, packet) : []) {
        expect(t(`way.${step.code}`, step.values)).not.toMatch(/[{}]/);
        if (!step.keys.some((key) => key.startsWith('host/'))) expect(step.keys.some((key) => place.anchors.has(key))).toBe(true);
      }
    }
  });
});

describe('the map’s layout', () => {
  const inside = (inner: Box, outer: Box): boolean =>
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width + 0.5 &&
    inner.y + inner.height <= outer.y + outer.height + 0.5;

  for (const width of [300, 358, 720, 1180]) {
    for (const system of [false, true]) {
      it(`keeps everything in its box at ${width} pixels${system ? ' with kube-system' : ''}`, () => {
        const place = placeMap(mapContent(t, world, system), width, true);
        expect(place.nodes).toHaveLength(3);
        for (const { box, bands, regions, pods } of place.nodes) {
          expect(box.x + box.width).toBeLessThanOrEqual(width);
          const check = (region: RegionPlace, outer: Box): void => {
            expect(inside(region.box, outer)).toBe(true);
            for (const { box: chip, text } of region.chips) {
              expect(inside(chip, region.box), text).toBe(true);
            }
          };
          check(regions.net, bands.net);
          check(regions.pid, bands.pid);
          check(regions.ipc, bands.ipc);
          for (const [index, pod] of pods.entries()) {
            expect(inside(pod.box, box)).toBe(true);
            expect(pod.box.y).toBeGreaterThan((pods[index - 1]?.box.y ?? 0) + (pods[index - 1]?.box.height ?? 0));
            for (const cell of Object.values(pod.cells)) for (const region of cell.regions) check(region, cell.box);
          }
        }
      });
    }
  }
});

describe('text on the map', () => {
  it('counts Chinese letters as wide and cuts what does not fit', () => {
    expect(textWidth('节点', 'sans')).toBe(24);
    expect(textWidth(clipTo('节点的网络命名空间', 60, 'sans'), 'sans')).toBeLessThanOrEqual(60);
    expect(clipTo('lo', 60, 'mono')).toBe('lo');
  });

  it('breaks lines at blanks and between Chinese letters', () => {
    expect(wrap('no IPC objects', 60)).toEqual(['no IPC', 'objects']);
    expect(wrap('没有对象', 30)).toEqual(['没有', '对象']);
  });
});
