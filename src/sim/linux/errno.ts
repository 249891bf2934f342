/** Error numbers of the kernel as data, with the texts that strerror(3) gives (glibc and musl differ only where noted). */
export const ERRNO_TEXT = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EINTR: 'Interrupted system call',
  EIO: 'Input/output error',
  ENXIO: 'No such device or address',
  E2BIG: 'Argument list too long',
  ENOEXEC: 'Exec format error',
  EBADF: 'Bad file descriptor',
  ECHILD: 'No child processes',
  EAGAIN: 'Resource temporarily unavailable',
  ENOMEM: 'Cannot allocate memory',
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EXDEV: 'Invalid cross-device link',
  ENODEV: 'No such device',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  EMFILE: 'Too many open files',
  ENOTTY: 'Inappropriate ioctl for device',
  EFBIG: 'File too large',
  ENOSPC: 'No space left on device',
  ESPIPE: 'Illegal seek',
  EROFS: 'Read-only file system',
  EPIPE: 'Broken pipe',
  ERANGE: 'Numerical result out of range',
  ENAMETOOLONG: 'File name too long',
  ENOSYS: 'Function not implemented',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  EIDRM: 'Identifier removed',
  EAFNOSUPPORT: 'Address family not supported by protocol',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  ENETDOWN: 'Network is down',
  ENETUNREACH: 'Network is unreachable',
  ECONNRESET: 'Connection reset by peer',
  ENOTCONN: 'Transport endpoint is not connected',
  ETIMEDOUT: 'Connection timed out',
  ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'No route to host',
  EOPNOTSUPP: 'Operation not supported',
  EUSERS: 'Too many users',
} as const;

export type ErrnoCode = keyof typeof ERRNO_TEXT;

/** A failed system call. */
export class Errno {
  readonly kind = 'errno';
  readonly code: ErrnoCode;
  constructor(code: ErrnoCode) {
    this.code = code;
  }
  /** As strerror(3) words it. */
  get text(): string {
    return ERRNO_TEXT[this.code];
  }
}

/** @returns the one shared value for `code` */
export function errno(code: ErrnoCode): Errno {
  let value = valueByCode.get(code);
  if (!value) valueByCode.set(code, (value = new Errno(code)));
  return value;
}

const valueByCode = new Map<ErrnoCode, Errno>();

export function isErrno(value: unknown): value is Errno {
  return value instanceof Errno;
}
