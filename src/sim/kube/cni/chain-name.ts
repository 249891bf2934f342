/** Names and comments by which CNI plugins find their netfilter chains again (containernetworking/plugins pkg/utils/utils.go). */
import { sha512 } from './sha512.ts';

/** iptables takes 28 characters. */
const LIMIT = 28;

/** @param prefix such as `DN-`, or '' */
export function chainName(network: string, containerId: string, prefix: string): string {
  return `CNI-${prefix}${sha512(network + containerId)}`.slice(0, LIMIT);
}

export function cniComment(network: string, containerId: string): string {
  return `name: "${network}" id: "${containerId}"`;
}
