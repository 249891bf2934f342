/**
 * Pods from files of the node, and the mirror Pods that show them in the API.
 * Modelled on pkg/kubelet/config/file.go, common.go and pkg/kubelet/pod/mirror_client.go (v1.37).
 */
import { wholeOf, type Pieces } from '../../engine/pieces.ts';
import { remembered } from '../../engine/remembered.ts';
import type { Pod } from '../api/types-pod.ts';
import { SYSTEM } from '../apiserver/authorization.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import { isStatus } from '../apiserver/object.ts';
import type { ApiObject } from '../apiserver/object.ts';
import { microTimeText } from '../apiserver/time-text.ts';
import type { NodeFiles } from './node-host.ts';

const HASH = 'kubernetes.io/config.hash';
const MIRROR = 'kubernetes.io/config.mirror';
const SEEN = 'kubernetes.io/config.seen';
const SOURCE = 'kubernetes.io/config.source';

export interface StaticPodOptions {
  readonly server: ApiServer;
  readonly files: NodeFiles;
  readonly nodeName: string;
  readonly directory: string;
  readonly read: (text: string) => Pod | undefined;
  readonly added: (pod: Pod) => void;
  readonly removed: (uid: string) => void;
}

/** 32 hexadecimal digits of a text: not upstream's MD5 of the struct, but as steady. */
const hashOf = remembered((text) => {
  let result = '';
  for (let part = 0; part < 4; part++) {
    let hash = 2_166_136_261 ^ (part * 0x9e37_79b1);
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619);
    result += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return result;
}, 50);

export class StaticPods {
  readonly #options: StaticPodOptions;
  /** path → the Pod read from it */
  readonly #byPath = new Map<string, Pod>();

  constructor(options: StaticPodOptions) {
    this.#options = options;
  }

  /** Reads the directory and follows its changes. */
  *start(): Pieces {
    yield* this.#rescan();
    this.#options.files.watch(this.#options.directory, () => wholeOf(this.#rescan()));
  }

  /** The uid of the static Pod that a Pod in the API mirrors; undefined for ordinary Pods. */
  uidOfMirror(pod: Pod): string | undefined {
    return pod.metadata.annotations?.[MIRROR];
  }

  /** The mirror of a static Pod was deleted: it comes back. */
  mirrorDeleted(mirror: Pod): void {
    const uid = this.uidOfMirror(mirror);
    for (const pod of this.#byPath.values()) if (pod.metadata.uid === uid) this.#mirror(pod);
  }

  /** A static Pod has ended; its mirror goes too, and a changed manifest takes its place. */
  finished(uid: string): void {
    const { server } = this.#options;
    for (const pod of this.#byPath.values()) if (pod.metadata.uid === uid) return;
    for (const stored of server.storage.podsOnNode(this.#options.nodeName)) {
      if (this.uidOfMirror(stored) === uid) server.removeNow('pods', stored.metadata.namespace ?? '', stored.metadata.name);
    }
    for (const pod of this.#byPath.values()) this.#begin(pod);
  }

  *#rescan(): Pieces {
    const { files, directory } = this.#options;
    const names = files.list(directory).filter((name) => !name.startsWith('.'));
    const present = new Set<string>();
    for (const name of names) {
      const path = `${directory}/${name}`;
      const text = files.readText(path);
      const pod = text === undefined ? undefined : this.#read(text, path);
      yield;
      if (pod === undefined) continue;
      present.add(path);
      const before = this.#byPath.get(path);
      if (before?.metadata.uid === pod.metadata.uid) continue;
      this.#byPath.set(path, pod);
      if (before !== undefined) {
        this.#options.removed(before.metadata.uid ?? '');
      } else {
        this.#mirror(pod);
        yield;
        this.#options.added(pod);
      }
      yield;
    }
    for (const [path, pod] of [...this.#byPath]) {
      if (present.has(path)) continue;
      this.#byPath.delete(path);
      this.#options.removed(pod.metadata.uid ?? '');
    }
  }

  #read(text: string, path: string): Pod | undefined {
    const { read, nodeName, server } = this.#options;
    const pod = read(text);
    if (pod === undefined) return undefined;
    const uid = hashOf(`${nodeName}${path}${text}`);
    const name = `${pod.metadata.name}-${nodeName}`;
    const given = pod.metadata.namespace;
    const annotations = { ...pod.metadata.annotations, [HASH]: uid, [SEEN]: microTimeText(server.simulation.wallClock), [SOURCE]: 'file' };
    const tolerations = [{ operator: 'Exists', effect: 'NoExecute' } as const];
    return {
      ...pod,
      metadata: { ...pod.metadata, annotations, name, namespace: given === undefined || given === '' ? 'default' : given, uid },
      spec: { ...pod.spec, nodeName, tolerations },
      status: { phase: 'Pending' },
    };
  }

  #begin(pod: Pod): void {
    this.#mirror(pod);
    this.#options.added(pod);
  }

  #mirror(pod: Pod): void {
    const { server, nodeName } = this.#options;
    const { namespace = '', name, uid = '', annotations, labels } = pod.metadata;
    const existing = server.storage.get('pods', namespace, name);
    if (existing !== undefined) return;
    const node = server.storage.get('nodes', '', nodeName);
    const owner = node === undefined ? [] : [{ apiVersion: 'v1', controller: true, kind: 'Node', name: nodeName, uid: node.metadata.uid ?? '' }];
    const mirror = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        annotations: { ...annotations, [MIRROR]: uid },
        ...(labels === undefined ? {} : { labels }),
        name,
        namespace,
        ownerReferences: owner,
      },
      spec: pod.spec,
    } as unknown as ApiObject;
    const answer = server.create('pods', namespace, mirror, { user: SYSTEM });
    if (isStatus(answer)) server.simulation.record('mirror.refused', { name, why: answer.message });
  }
}
