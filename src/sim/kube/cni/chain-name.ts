/** Names and comments by which CNI plugins find their netfilter chains again (containernetworking/plugins pkg/utils/utils.go). */
import { sha512 } from './sha512.ts';

/** iptables takes 28 characters. */
const LIMIT = 28;

/** @param prefix such as `DN-`, or '' */
export function chainName(network: string, containerId: string, prefix: string): string {
  return `CNI-${prefix}${digestOf(network + containerId)}`.slice(0, LIMIT);
}

let last = { text: '', digest: '' };

/** The plugins of one call ask for the same digest several times. */
function digestOf(text: string): string {
  if (last.text !== text) last = { text, digest: sha512(text) };
  return last.digest;
}

export function cniComment(network: string, containerId: string): string {
  return `name: "${network}" id: "${containerId}"`;
}
