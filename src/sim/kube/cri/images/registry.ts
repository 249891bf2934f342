/** Where images come from: the few that exist, and how Docker Hub refuses the rest (containerd: core/remotes/docker). */
import { criError } from '../cri-error.ts';
import type { CriError } from '../runtime.ts';
import { alpine } from './alpine.ts';
import { busybox } from './busybox.ts';
import { debian } from './debian.ts';
import type { Image } from './image.ts';
import { kubia } from './kubia.ts';
import { nginx } from './nginx.ts';
import { systemImages } from './system-images.ts';

const IMAGES: readonly Image[] = [alpine, busybox, kubia, nginx, debian, ...systemImages];

const imageByRepository = new Map(IMAGES.map((image) => [image.repository, image]));

export interface Reference {
  /** With host and, on Docker Hub, `library/`. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** `sha256:…`. */
  readonly digest: string | undefined;
  /** All of it, as containerd writes it in errors. */
  readonly full: string;
}

/** Completes a reference the way Docker does (github.com/distribution/reference ParseNormalizedNamed, TagNameOnly). */
export function normalizeReference(reference: string): Reference {
  const [named = '', digest] = reference.split('@');
  const slash = named.indexOf('/');
  const first = slash < 0 ? '' : named.slice(0, slash);
  const hasHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const host = hasHost ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io';
  const rest = hasHost ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(':');
  const hasTag = colon > rest.lastIndexOf('/');
  const path = hasTag ? rest.slice(0, colon) : rest;
  const tag = hasTag ? rest.slice(colon + 1) : digest === undefined ? 'latest' : undefined;
  const repository = `${host}/${host === 'docker.io' && !path.includes('/') ? 'library/' : ''}${path}`;
  return { repository, tag, digest, full: `${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}` };
}

/** All images that can be pulled. */
export function knownImages(): readonly Image[] {
  return IMAGES;
}

/**
 * What pulling `reference` gives.
 * @returns the image; NotFound for an unknown tag or digest; Unknown, as Docker Hub answers for a repository that does not exist
 */
export function resolveImage(reference: string): { readonly image: Image } | CriError {
  const { repository, tag, digest, full } = normalizeReference(reference);
  const image = imageByRepository.get(repository);
  const failed = `failed to pull and unpack image "${full}": failed to resolve image: `;
  if (!image)
    return criError(
      'Unknown',
      `${failed}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
    );
  const found = digest === undefined ? tag !== undefined && image.tags.includes(tag) : image.id.endsWith(`@${digest}`);
  return found ? { image } : criError('NotFound', `${failed}${full}: not found`);
}
