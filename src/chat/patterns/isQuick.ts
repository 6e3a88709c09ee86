/** In longer texts, or for longer patterns, nothing is called quick. */
const longestText = 2000
const longestPattern = 1000
/** Each `?` and each `|` may double the ways to read a text. */
const mostChoices = 4

/** What is escaped, and each class, as the one character it stands for. A backslash is left where one refers back to a group, or is not finished. */
const simplified = (pattern: string): string => {
  let simple = ''
  let isInClass = false
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index)
    if (character === '\\') {
      index++
      if (!isInClass) simple += /^[^\dk]/.test(pattern.charAt(index)) ? 'x' : '\\'
    } else if (isInClass) isInClass = character !== ']'
    else if (character === '[') {
      isInClass = true
      simple += 'x'
    } else simple += character
  }
  return isInClass ? '\\' : simple
}

/**
 * Whether an expression may be tried in the page itself: surely no more steps than the square of the text's length, times a small number. No group
 * is repeated, nothing refers back or looks around, and one character alone is repeated. Whatever else may be quick as well is tried in a worker.
 */
export const isQuick = (pattern: string, text: string): boolean => {
  if (pattern.length > longestPattern || text.length > longestText) return false
  const simple = simplified(pattern)
  const count = (marks: RegExp) => simple.match(marks)?.length ?? 0
  const isPlain = !/[\\\]]|\)[*+?{]|\(\?[^:]/.test(simple)
  return isPlain && count(/[*+{]/g) <= 1 && count(/[?|]/g) <= mostChoices
}
