/** Unix sockets of one namespace, as far as `ss -x` and `netstat` list them. Their bytes do not travel through here. */

export interface UnixSocket {
  readonly inode: number;
  readonly type: 'STREAM' | 'DGRAM' | 'SEQPACKET';
  readonly state: 'LISTENING' | 'CONNECTED' | 'UNCONNECTED';
  /** Path, `@name` for abstract ones, undefined for unnamed ones. */
  readonly path: string | undefined;
  /** Inode of the other end; 0 when there is none. */
  readonly peer: number;
  /** Process and descriptor are found through the open file with this inode. */
  readonly backlog: number;
}

export class UnixSocketTable {
  readonly #sockets = new Set<UnixSocket>();

  /** Makes a socket known; the result takes it out again. */
  add(socket: UnixSocket): () => void {
    this.#sockets.add(socket);
    return () => this.#sockets.delete(socket);
  }

  list(): readonly UnixSocket[] {
    return [...this.#sockets];
  }
}
