/** The verbs every engine knows. Specs of this stage speak in them alone, so that one journey runs in any engine. */
export interface EngineTab {
  /** Resolves when the page has loaded. */
  go(url: string): Promise<void>
  back(): Promise<void>
  url(): Promise<string>
  /** Runs in the page; the function sees nothing of this side but what it is given. */
  evaluate<Given extends unknown[], Result>(
    run: (...given: Given) => Result | Promise<Result>,
    ...given: Given
  ): Promise<Result>
  close(): Promise<void>
}

/** One browser with a fresh profile. */
export interface EngineBrowser {
  newTab(): Promise<EngineTab>
  stop(): Promise<void>
}
