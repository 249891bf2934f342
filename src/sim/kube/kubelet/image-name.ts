/** Image names as the kubelet reads them. Modelled on pkg/util/parsers and the distribution reference grammar (v1.37). */
import { imageTag } from '../api/defaulting/image-tag.ts';

/** Why a name is no image reference; undefined when it is one. */
function invalidReference(image: string): string | undefined {
  if (/^[0-9a-f]{64}$/.test(image)) return `invalid repository name (${image}), cannot specify 64-byte hexadecimal strings`;
  if (imageTag(image) !== '' || /@[A-Za-z][A-Za-z0-9]*:[0-9a-fA-F]{32,}$/.test(image)) return undefined;
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(0, slash));
  const hasDomain = slash > 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  const rest = hasDomain ? image.slice(slash + 1) : image.includes('/') ? image : `library/${image}`;
  const name = rest.replace(/[:@].*$/s, '');
  if (name.toLowerCase() !== name) return `invalid reference format: repository name (${name}) must be lowercase`;
  return 'invalid reference format';
}

/** The reference with its tag, or why it has none (`couldn't parse image name …`). */
export function taggedImage(image: string): { readonly reference: string } | { readonly problem: string } {
  const why = invalidReference(image);
  if (why !== undefined) return { problem: `couldn't parse image name ${JSON.stringify(image)}: ${why}` };
  const tag = imageTag(image);
  return { reference: tag === '' || image.endsWith(`:${tag}`) ? image : `${image}:${tag}` };
}
