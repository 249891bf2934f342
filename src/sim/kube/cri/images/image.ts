/** A container image: its names, its configuration (OCI image-spec config.md) and its files. Where images come from is not known here. */
import type { DirectoryTemplate } from '../../../linux/fs/file-template.ts';
import type { SignalName } from '../../../linux/process/signals.ts';

export interface Image {
  /** Full name without a tag, such as `docker.io/library/alpine`. */
  readonly repository: string;
  readonly tags: readonly string[];
  /** Repository with digest, as Pod status shows it. */
  readonly id: string;
  /** Compressed bytes, as the Pulled event shows them. */
  readonly size: number;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly env: readonly (readonly [string, string])[];
  /** Name or number, with or without a group; empty for root. */
  readonly user: string;
  readonly workingDir: string;
  readonly stopSignal: SignalName | undefined;
  readonly exposedPorts: readonly string[];
  /** Shared by all containers; built when it is first asked for. */
  readonly template: DirectoryTemplate;
  /** The text of one of its files; undefined when there is none. */
  textOf(path: string): string | undefined;
}

export interface ImageDescription {
  readonly repository: string;
  readonly tags: readonly string[];
  /** Hexadecimal sha256 of the manifest. */
  readonly digest: string;
  readonly size: number;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly user?: string;
  readonly workingDir?: string;
  readonly stopSignal?: SignalName;
  readonly exposedPorts?: readonly string[];
  readonly files: () => DirectoryTemplate;
}

const PATH: readonly [string, string] = ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];

/** @returns the image of a description; its files are made on first use and kept */
export function defineImage(description: ImageDescription): Image {
  let made: DirectoryTemplate | undefined;
  const template = (): DirectoryTemplate => (made ??= description.files());
  return {
    repository: description.repository,
    tags: description.tags,
    id: `${description.repository}@sha256:${description.digest}`,
    size: description.size,
    entrypoint: description.entrypoint ?? [],
    command: description.command ?? [],
    env: [PATH],
    user: description.user ?? '',
    workingDir: description.workingDir ?? '/',
    stopSignal: description.stopSignal,
    exposedPorts: description.exposedPorts ?? [],
    get template() {
      return template();
    },
    textOf(path) {
      let at: ReturnType<typeof template>['children'] extends ReadonlyMap<string, infer Entry> ? Entry | undefined : never = template();
      for (const name of path.split('/').filter((each) => each !== '')) at = at?.kind === 'directory' ? at.children.get(name) : undefined;
      return at?.kind === 'file' ? at.text : undefined;
    },
  };
}
