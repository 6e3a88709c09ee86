/** A word is a pattern when it ends with a slash and holds a character that no path prefix has. One that is none stays a word, for `checkOptions` to name. */
const readRule = (word: string): string | RegExp => {
  try {
    if (word.endsWith('/') && /[^\w/.~%-]/.test(word)) return new RegExp(word.slice(1, -1))
  } catch {}
  return word
}

/**
 * The tag's `data-*` attributes, as far as tracking goes by them: flags and `ignore`. The others stay texts until the launcher's file
 * has come, which reads them by `texts.ts`.
 */
export const readDataset = (dataset: DOMStringMap): Record<string, unknown> => {
  const options: Record<string, unknown> = {}
  // Not by `Object.entries`: in Chromium (seen in 156) that throws where a library has given every object a `get`.
  for (const name of Object.keys(dataset)) {
    const value = dataset[name] ?? ''
    options[name] =
      name === 'ignore' ? value.split(/\s+/).map(readRule) : /^(true)?$/.test(value) || (value !== 'false' && value)
  }
  return options
}
