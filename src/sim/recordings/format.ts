/** The form of recordings and of requests to be replayed: see the folder's README. Types alone. */
export interface ApiCase {
  readonly id: string;
  readonly group?: string;
  readonly namespace: string;
  readonly manifest?: string;
  readonly command?: string;
  readonly steps?: readonly { readonly command: string; readonly manifest: string }[];
}

export interface FileStep {
  readonly file: string;
  readonly text: string;
}

export interface RunStep {
  readonly at: string;
  readonly run: string;
  /** Name → regular expression; its first group, found in standard output, replaces `${name}` from then on. */
  readonly capture?: Readonly<Record<string, string>>;
  readonly compare?: boolean;
}

export interface StartStep {
  readonly at: string;
  readonly start: string;
}

export type WaitCondition =
  | { readonly pod: string; readonly ready?: boolean; readonly unschedulable?: boolean; readonly reason?: string; readonly phase?: string; readonly restarts?: number }
  | { readonly pods: string; readonly ready: number; readonly total?: number }
  | { readonly event: string }
  | { readonly seconds: number };

export interface WaitStep {
  readonly wait: WaitCondition;
}

export type SceneStep = FileStep | RunStep | StartStep | WaitStep;

export interface Scene {
  readonly id: string;
  readonly title?: string;
  readonly steps: readonly SceneStep[];
}

export interface Answer {
  readonly case: string;
  readonly step: number | null;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly stored?: readonly unknown[];
}
