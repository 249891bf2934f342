/** Whether a text can name an image (distribution/reference grammar), and the name it suggests for a container. */

const PATTERN =
  /^(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\d+)?)\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$/;

export function isImageName(text: string): boolean {
  return PATTERN.test(text);
}

/** `luksa/kubia:1` suggests `kubia` (create deployment's container name). */
export function containerNameOf(image: string): string {
  const last = image.slice(image.lastIndexOf('/') + 1);
  return last
    .replace(/[:@].*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-');
}
