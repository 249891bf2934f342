// Builds the field paths that API errors name, such as spec.containers[0].ports[1].hostPort.
// A path is a plain string; it knows nothing of where in a text the field stands.

/** Path of a child field. An empty parent stands for the object itself. */
export function childPath(parent: string, name: string): string {
  return parent === '' ? name : `${parent}.${name}`;
}

/** Path of a list element. */
export function indexPath(parent: string, index: number): string {
  return `${parent}[${String(index)}]`;
}

/** Path of a map entry, as k8s.io/apimachinery field.Path.Key writes it. */
export function keyPath(parent: string, key: string): string {
  return `${parent}[${key}]`;
}

/** A path without list indexes and map keys: the same for every element, so texts can be looked up by it. */
export function genericPath(path: string): string {
  return path.replace(/\[[^\]]*\]/g, '');
}
