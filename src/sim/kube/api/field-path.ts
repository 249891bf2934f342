// The field paths that API errors name, such as spec.containers[0].ports[1].hostPort.
// A path is a plain string; it knows nothing of where in a text the field stands.

/** A path without list indexes and map keys: the same for every element, so texts can be looked up by it. */
export function genericPath(path: string): string {
  return path.replace(/\[[^\]]*\]/g, '');
}
