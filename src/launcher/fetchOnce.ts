/** Fetches when first asked, and never again, unless that failed. */
export const fetchOnce = <T>(fetchIt: () => Promise<T>): (() => Promise<T>) => {
  let fetching: Promise<T> | undefined
  return () =>
    (fetching ??= fetchIt().catch((error: unknown) => {
      fetching = undefined
      throw error
    }))
}
