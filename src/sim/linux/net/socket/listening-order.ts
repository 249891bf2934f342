/**
 * The order in which the kernel lists listening sockets: the buckets of its hash table (net/ipv4/inet_hashtables.c
 * inet_lhash2_bucket: a hash of the address, mixed with what the namespace drew at random when it was made, XOR port).
 */

/** Random parts by local address, 16 bits each; addresses without one get theirs from the namespace's number. */
export type HashSeeds = Readonly<Record<string, number>>;

/** @param inode of the network namespace */
export function bucketOf(socket: { readonly localAddress: string; readonly localPort: number }, inode: number, seeds: HashSeeds): number {
  const seed = seeds[socket.localAddress] ?? hash(`${inode} ${socket.localAddress}`);
  return (seed ^ socket.localPort) & 0xffff;
}

/** FNV-1a, folded to 16 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return ((value >>> 16) ^ value) & 0xffff;
}
