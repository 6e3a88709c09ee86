import type { Options, Tagalong } from '../../src/index.ts'

declare global {
  interface Window {
    /** What the script tag leaves on a page: takes options, or a function that is given the API. The stub before it keeps calls in `q`. */
    Tagalong: {
      (given: Partial<Options> | ((api: Tagalong) => void)): void
      q?: unknown[]
    }
  }
}
