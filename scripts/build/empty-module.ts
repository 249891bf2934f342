// Stands in for modules that a page bundles but never calls; whoever does call one learns so at once.
function unavailable(): never {
  throw new Error('this module is left out of the page build');
}

const placeholder: unknown = new Proxy(unavailable, { get: () => unavailable });

export default placeholder;
export const format = unavailable;
export const gunzipSync = unavailable;
export const gzipSync = unavailable;
export const constants = {};
