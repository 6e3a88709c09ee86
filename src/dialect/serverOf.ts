/**
 * The server that the official widget's address leads to: `https://chat.example.com/livechat`, or the one it names itself, as in
 * `https://files.example.com/livechat?serverUrl=https://chat.example.com`. What is no address is left as it is, for others to name.
 */
export const serverOf = (url: unknown, base: string): string => {
  const given = `${url ?? ''}`.trim()
  try {
    const { origin, pathname, searchParams } = new URL(given, base)
    return given && (searchParams.get('serverUrl') || origin + pathname)
  } catch {
    return given
  }
}
