/**
 * The entries of /proc/PID that tell of memory, timers and accounting, of which nothing is modelled: they have the names, rights
 * and forms that a listing shows (fs/proc/base.c tgid_base_stuff, kernel 6.18), and say that nothing has been counted.
 */
import { errno, type Errno } from '../../errno.ts';
import type { IdMapping } from '../../namespace/namespaces.ts';
import type { Process } from '../../process/process.ts';
import type { Node } from '../node.ts';
import { mayInspect } from '../permission.ts';
import { fixedDirectory, SyntheticFile, type Owner } from '../synthetic.ts';
import { idMapText } from './process-text.ts';

interface Common {
  readonly modified: number;
  readonly owner: Owner;
}

type Entries = Readonly<Record<string, () => Node>>;

const IO = ['rchar', 'wchar', 'syscr', 'syscw', 'read_bytes', 'write_bytes', 'cancelled_write_bytes'].map((name) => `${name}: 0\n`).join('');
const KSM = 'ksm_rmap_items 0\nksm_zero_pages 0\nksm_merging_pages 0\nksm_process_profit 0\nksm_merge_any: no\nksm_mergeable: no\n';
const PROJECTS: readonly IdMapping[] = [{ inside: 0, outside: 0, count: 4_294_967_295 }];

/** @returns the entries that a process and each of its threads have, and those that only the process has */
export function detailEntries(process: Process, common: Common): { readonly each: Entries; readonly process: Entries } {
  const file =
    (text: string, mode = 0o444) =>
    (): Node =>
      new SyntheticFile({ ...common, mode, read: () => text });
  /** Only who may inspect the process may read it. */
  const guarded =
    (text: string, mode = 0o400) =>
    (): Node =>
      new SyntheticFile({ ...common, mode, read: (caller): string | Errno => (mayInspect(caller, process) ? text : errno('EACCES')) });
  const directory =
    (entries: Entries, mode: number): (() => Node) =>
    () =>
      fixedDirectory(entries, { ...common, mode });
  const attributes = { current: file('', 0o666), exec: file('', 0o666), fscreate: file('', 0o666), keycreate: file('', 0o666) };
  return {
    each: {
      arch_status: file('AVX512_elapsed_ms:\t-1\n'),
      attr: directory({ ...attributes, prev: file(''), sockcreate: file('', 0o666) }, 0o555),
      auxv: guarded(''),
      clear_refs: file('', 0o200),
      io: guarded(IO),
      ksm_merging_pages: guarded('0\n'),
      ksm_stat: guarded(KSM),
      mem: guarded('', 0o600),
      numa_maps: guarded('', 0o444),
      pagemap: guarded(''),
      projid_map: file(idMapText(PROJECTS), 0o644),
      schedstat: file('0 0 0\n'),
      smaps_rollup: guarded('', 0o444),
      stack: guarded(''),
      syscall: guarded('running\n'),
    },
    process: {
      autogroup: file('/autogroup-1 nice 0\n', 0o644),
      coredump_filter: file('00000033\n', 0o644),
      map_files: directory({}, 0o500),
      timens_offsets: file('monotonic           0         0\nboottime            0         0\n', 0o644),
      timers: file(''),
      timerslack_ns: file('50000\n', 0o666),
    },
  };
}
