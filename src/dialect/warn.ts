const said = new Set<string>()

/** Says once what is not as it was with the official widget, or was wrong there as well. */
export const warn = (says: string): void => {
  if (said.has(says)) return
  said.add(says)
  console.warn(`[Tagalong] RocketChat: ${says}`)
}
