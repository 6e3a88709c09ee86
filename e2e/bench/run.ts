import type { Engine } from './stage/anyEngine.ts'

/** What is asked of a measurement. */
export interface Run {
  times: number
  seed: number
  /** How many times slower the processor is made. */
  cpu: number
  /** Journeys whose name contains this text. */
  only?: string | undefined
  /** In which the journeys are played; everything else is measured in Chromium. */
  engine: Engine
  frameFolder: string
  tell(text: string): void
}
