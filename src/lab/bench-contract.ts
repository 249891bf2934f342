/**
 * What the window may ask of the bench of one lesson: its files, its verdict, its terminals, its snapshot.
 * Types alone: it knows neither how the world works nor how anything is drawn or worded.
 */
import type { MapSnapshot } from './map-contract.ts';

import type { Provenance } from './provenance/provenance.ts';
import type { Place, SentLine } from '../sim/shell/world.ts';
import type { Story } from './story.ts';

export type { Provenance, SentLine };

/** A place in a manifest. Offsets are UTF-16 units from its beginning, `end` exclusive; line and column count from 1. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

export type MessageValues = { readonly [name: string]: string | number };

/** One thing to tell the learner. The words for `code` come from `finding.<code>` in content/locales. */
export interface BenchFinding {
  readonly code: string;
  readonly params: MessageValues;
  readonly severity: 'error' | 'warning' | 'information';
  /** Absent when it concerns the world rather than a place in the text. */
  readonly range?: TextRange;
  /** Field path as the API server writes it, such as `spec.containers[0].ports[0].hostPort`. */
  readonly path?: string;
  /** The real component's own words, untranslated. */
  readonly upstream?: string;
  /** A misconception of the lesson that this answer reveals; its text stands in the lesson's front matter. */
  readonly misconception?: string;
}

export interface GoalState {
  /** Title and hints stand under this id in the lesson's front matter. */
  readonly id: string;
  readonly met: boolean;
  /** Why it is not met, most telling first. */
  readonly findings: readonly BenchFinding[];
}

/**
 * `broken`: not even readable YAML. `refused`: the API server would refuse it. `accepted`: it would be stored,
 * but not all goals are met. `solved`: all goals are met.
 */
export type VerdictStatus = 'broken' | 'refused' | 'accepted' | 'solved';

export interface Verdict {
  readonly status: VerdictStatus;
  /** About the text as such; one finding at a time is shown, in this order. */
  readonly findings: readonly BenchFinding[];
  readonly goals: readonly GoalState[];
}

/** A program (`vi FILE`, `kubectl edit`) that waits for the learner to edit a file in the window's editor. */
export interface EditRequest {
  readonly name: string;
  readonly text: string;
  /** Ends the waiting program: with a text the file is written first, without one nothing is written. */
  done(text?: string): void;
}

/** What a message in a terminal means. The words for `code` come from `remark.<code>` in content/locales. */
export interface TerminalRemark {
  readonly code: string;
  readonly params: MessageValues;
  /** The line as the real component prints it. */
  readonly upstream: string;
  /** Where in the typed line it is, counted from 1; absent when it is not about a word of the line. */
  readonly column?: number;
}

export interface TerminalOptions {
  readonly rows: number;
  readonly columns: number;
  /** Everything the terminal receives, control sequences included. */
  readonly onOutput: (text: string) => void;
  /** A message that needs an explanation was printed; without an argument it no longer concerns the learner. */
  readonly onRemark?: (remark?: TerminalRemark) => void;
  /** A line was sent off here, or has ended: what the screen shows from then on comes from it. */
  readonly onLine?: (sent: SentLine) => void;
  /** The session ended; the window offers to open it again. */
  readonly onEnd?: () => void;
}

export interface TerminalSession {
  /** What was typed or pasted, as the bytes a terminal would send (Enter is `\r`, Ctrl-C `\u0003`). */
  input(text: string): void;
  resize(rows: number, columns: number): void;
  close(): void;
}

export type ObserverKind = 'node' | 'container' | 'outside';

/** A place from which commands can be run. */
export interface Observer {
  /** `server4-master`, `client`, `pod-host-network/main`. */
  readonly name: string;
  readonly kind: ObserverKind;
}

/** A line that was run, for the question whether its like was recorded. */
export interface RanLine {
  readonly line: string;
  /** Where, by an observer's name; or by what tools were at hand. */
  readonly at: string | { readonly place: Place };
  readonly exitCode: number | undefined;
}

export type NamespaceKind = 'net' | 'pid' | 'ipc' | 'uts' | 'mnt' | 'user' | 'cgroup';

/** Which namespace, and which object in it, a printed line tells about. */
export interface LineOrigin {
  readonly namespace: NamespaceKind;
  readonly inode: number;
  /** Such as an interface's or a process's name. */
  readonly object?: string;
  /** Whose it is: a node or outside machine, else the Pod or container that has it for itself. */
  readonly owner?: string;
}

export interface ObservedLine {
  readonly text: string;
  readonly origin?: LineOrigin;
}

export interface Observation {
  readonly observer: string;
  readonly exitCode: number;
  readonly lines: readonly ObservedLine[];
}

export interface Applied {
  /** Such as `kubectl apply -f pod.yaml`. */
  readonly line: string;
  readonly exitCode: number;
  readonly output: string;
}

export interface TimelineEntry {
  /** Virtual milliseconds since the learner came. */
  readonly at: number;
  /** The component that tells it, or `learner`. */
  readonly source: string;
  readonly reason: string;
  readonly message: string;
  readonly object?: string;
}

/** Commands that bear on the lesson's question, for whoever does not know what to type. */
export interface Suggestions {
  /** What the comparison runs at first, and where. */
  readonly first: { readonly command: string; readonly observers: readonly string[] };
  /** For the comparison, the first one included. */
  readonly everywhere: readonly string[];
  /** What the lesson asks for at one place, in its order; a line that ends with a space is for the learner to complete. */
  at(observer: string): readonly string[];
}

/**
 * How this visit's cluster came about: a new one; the one of the last visit, on its way back or there again; a new one, since
 * the last could not come back (`lost`) or had become too long to be kept (`tooLong`).
 */
export type CourseState = 'fresh' | 'returning' | 'returned' | 'lost' | 'tooLong';

/** What the window shows of storage. */
export type SaveState = 'saved' | 'full' | 'unavailable' | 'elsewhere';

export interface Bench {
  /** Names of the files the learner has, the lesson's own first. */
  files(): readonly string[];
  /** Text of a file; the empty string when there is none of that name. */
  text(file: string): string;
  /** Names of files that a shell has written since the last call; the window takes their texts over. */
  takeWritten(): readonly string[];
  /** Replaces a file's text and saves it. */
  setText(file: string, text: string): void;
  /** Takes several texts at once and saves them, whether or not anything changed. */
  takeFiles(texts: { readonly [file: string]: string }): void;

  /** Judges a text as the lesson's manifest; synchronous, fast enough for every keystroke. */
  verdict(text: string): Verdict;
  /** Creates or updates what the file describes, as `kubectl apply` would; resolves with what was run and printed. */
  apply(file: string): Promise<Applied>;

  observers(): readonly Observer[];
  openTerminal(observer: string, options: TerminalOptions): TerminalSession;
  /** Runs one command line at each place, with no terminal; resolves in the order asked. */
  runEverywhere(command: string, observers: readonly string[]): Promise<readonly Observation[]>;

  /** Whether the like of a line was recorded on a real system; undefined where that cannot be said. Loads what it needs. */
  provenance(ran: RanLine): Promise<Provenance | undefined>;

  suggestions(): Suggestions;

  snapshot(): MapSnapshot;
  events(): readonly TimelineEntry[];
  /** The world's course so far: what moments and links are made of. */
  story(): Story;
  /** Command lines of the learner, or of the lesson, that make sense on any cluster. */
  ownClusterCommands(): readonly string[];

  /** The start manifest and a fresh scene, once that is there; the result undoes it. */
  reset(): Promise<() => void>;
  course(): CourseState;
  /** A new cluster with the files as they are, once it is there; the result undoes it. */
  startAfresh(): Promise<() => void>;
  /** The solution's text, for a comparison beside the learner's own. */
  solution(): Promise<string>;
  saveState(): SaveState;

  /** Called after anything above may have changed; returns the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Called when `vi FILE` asks for the editor; returns the way to stop. */
  onEdit(listener: (request: EditRequest) => void): () => void;
}

export interface BenchOptions {
  /** Such as `network/host-network`. */
  readonly lessonId: string;
  /** Code of the page's language, for what the simulated `help` says. */
  readonly locale: string;
}
