/** The notes of the stub: pages that were left before the script had arrived. */
const prefix = 'tagalong-left/'

export interface LeftPage {
  at: number
  href: string
  title: string
}

/** Taken out as they are read; a note belongs to nobody else. */
export const leftPages = (shelf: () => globalThis.Storage): LeftPage[] => {
  try {
    const kept = shelf()
    return Object.keys(kept)
      .filter((key) => key.startsWith(prefix))
      .sort()
      .flatMap((key) => {
        const [href, ...title] = (kept.getItem(key) ?? '').split('\n')
        kept.removeItem(key)
        const at = +key.slice(prefix.length)
        return href && at ? [{ at, href, title: title.join('\n') }] : []
      })
  } catch {
    return []
  }
}
