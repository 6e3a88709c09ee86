/** A mark that turns the direction of what follows makes `exe.jpg` of `gpj.exe`; other marks that are not seen hide what is there. */
const unseen = /\p{Cf}|\p{Cc}/gu

const extensionOf = (name: string): string => (/\.([a-z\d]{1,10})$/i.exec(name)?.[1] ?? '').toLowerCase()

/** What the file is called where it lies: the end of its address. */
const storedName = (url: string): string => {
  try {
    return decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '')
  } catch {
    return ''
  }
}

/** The name of a file as it is shown: with the kind of file it really is, where its name says another or none. */
export const fileName = (name: string, url: string): string => {
  const shown = name.replace(unseen, '').trim()
  const kind = extensionOf(storedName(url))
  return shown && kind && kind !== extensionOf(shown) ? `${shown} (.${kind})` : shown
}
