/** What is asked of a measurement. */
export interface Run {
  times: number
  seed: number
  /** How many times slower the processor is made. */
  cpu: number
  /** Journeys whose name contains this text. */
  only?: string | undefined
  frameFolder: string
  tell(text: string): void
}
