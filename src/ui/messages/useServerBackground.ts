import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import type { View } from '../view/view'

/** The other ways of CSS to name a picture, and the escapes by which any of them could be hidden. */
const oddPictures = /\\|image|src\(|cross-fade|element\(/i

/** Whether each picture in it lies on the server, or in the text itself: nothing is fetched from anybody else. */
const isFromServer = (background: string, server: string): boolean =>
  !oddPictures.test(background.replace(/data:image/gi, '')) &&
  [...background.matchAll(/url\(\s*["']?([^"')]*)/gi)].every(
    ([, address = '']) => address.startsWith('data:') || address.startsWith(`${server}/`),
  )

/**
 * What the server's administrator wants behind the messages (“Livechat background”), any value of the CSS property; empty for nothing, and for what
 * this browser does not take. Read here and not with the other settings: who has no messages on screen need not fetch it.
 */
export const useServerBackground = ({ core }: View): string => {
  const background = useSignal('')
  useLayoutEffect(() => {
    const follow = (copy: Awaited<ReturnType<typeof core.settings.cached>>) => {
      if (!copy) return
      const { background: given }: { background?: unknown } = Object(copy.config.theme)
      const isUsable =
        typeof given === 'string' && CSS.supports('background', given) && isFromServer(given, core.server)
      background.value = isUsable ? given : ''
    }
    core.guard(async () => follow(await core.settings.cached()))()
    return core.settings.observe(core.guard(follow))
  }, [])
  return background.value
}
