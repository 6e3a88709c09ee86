/**
 * The tag's `data-*` attributes, as far as tracking goes by them: flags and `ignore`. The others stay texts until the launcher's file
 * has come, which reads them by `texts.ts`.
 */
export const readDataset = (dataset: DOMStringMap): Record<string, unknown> => {
  const options: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(dataset as Record<string, string>))
    options[name] =
      name === 'ignore'
        ? // A word is a pattern when it ends with a slash and holds a character that no path prefix has.
          value
            .split(/\s+/)
            .map((word) => (word.endsWith('/') && /[^\w/.~%-]/.test(word) ? new RegExp(word.slice(1, -1)) : word))
        : /^(true)?$/.test(value) || (value !== 'false' && value)
  return options
}
