// Reads the tag of an image reference, from which the pull policy follows.
// Modelled on pkg/util/parsers/parsers.go and the reference grammar of container registries (v1.37); pulls nothing.

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const REFERENCE = new RegExp(
  `^(${COMPONENT}(?:/${COMPONENT})*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`,
);
const DOMAIN = /^(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])(?:\.(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]))*(?::\d+)?$/;

const MAX_NAME = 255;

/** The tag an image is pulled by: `latest` when none is written, empty with a digest or when the reference is malformed. */
export function imageTag(image: string): string {
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(slash, 0));
  const hasDomain = slash > 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  if (hasDomain && !DOMAIN.test(first)) return '';
  const match = REFERENCE.exec(hasDomain ? image.slice(slash + 1) : image);
  if (match === null || /^[0-9a-f]{64}$/.test(image)) return '';
  const path = match[1] ?? '';
  const full = hasDomain ? `${first}/${path}` : `docker.io/${path.includes('/') ? '' : 'library/'}${path}`;
  if (full.length > MAX_NAME) return '';
  if (match[2] !== undefined) return match[2];
  return match[3] === undefined ? 'latest' : '';
}

/** The pull policy an image gets when none is asked for. */
export function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  return imageTag(image) === 'latest' ? 'Always' : 'IfNotPresent';
}
