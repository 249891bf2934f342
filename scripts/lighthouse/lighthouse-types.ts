// The few parts of Lighthouse and of its browser driver that are used here; neither is installed with the project.

export interface Report {
  readonly categories: {
    readonly [id: string]: { readonly score: number | null; readonly auditRefs: readonly { readonly id: string; readonly weight: number }[] };
  };
  readonly audits: { readonly [id: string]: { readonly score: number | null; readonly displayValue?: string; readonly scoreDisplayMode: string } };
  readonly runtimeError?: { readonly message: string };
}

export interface DrivenPage {
  goto(url: string): Promise<unknown>;
  evaluateOnNewDocument(run: () => void): Promise<unknown>;
  waitForSelector(selector: string, options?: { readonly timeout: number }): Promise<unknown>;
  focus(selector: string): Promise<void>;
  readonly mouse: { move(x: number, y: number): Promise<void> };
  readonly keyboard: { type(text: string, options?: { readonly delay: number }): Promise<void> };
}

export interface Puppeteer {
  launch(options: { readonly executablePath: string; readonly args: readonly string[] }): Promise<{
    createBrowserContext(): Promise<{ newPage(): Promise<DrivenPage>; close(): Promise<void> }>;
    close(): Promise<void>;
  }>;
}

export interface Flags {
  readonly onlyCategories: readonly string[];
}

export interface Flow {
  navigate(url: string): Promise<void>;
  startTimespan(): Promise<void>;
  endTimespan(): Promise<void>;
  snapshot(): Promise<void>;
  createFlowResult(): Promise<{ readonly steps: readonly { readonly lhr: Report }[] }>;
}

export interface Lighthouse {
  default(url: string, flags: Flags, config: unknown, page: DrivenPage): Promise<{ readonly lhr: Report } | undefined>;
  startFlow(page: DrivenPage, options: { readonly config: unknown }): Promise<Flow>;
  readonly desktopConfig: unknown;
}
