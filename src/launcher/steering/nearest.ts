/** So many letters may be wrong, missing or too many. */
const mostTypos = 2

/** How many letters must be changed, added or taken away to make one word of the other (Levenshtein). */
const distanceOf = (one: string, other: string): number => {
  let row = [...Array(other.length + 1).keys()]
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1]
    for (const [place, wanted] of [...other].entries()) {
      const [before = 0, above = 0, left = 0] = [row[place], row[place + 1], next[place]]
      next.push(Math.min(left + 1, above + 1, before + (letter === wanted ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** Of the known words the one that was probably meant; undefined when none is near. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  // What is much longer than every option is nobody's typing error, and need not be compared letter by letter.
  if (word.length > 40) return undefined
  const [best] = known
    .map((name) => ({ name, distance: distanceOf(word.toLowerCase(), name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance)
  return best && best.distance <= Math.min(mostTypos, Math.ceil(best.name.length / 3)) ? best.name : undefined
}
