import { useEffect, useState } from 'react'
import { useTagalong } from '@tagalong/livechat/react'

/** Calls the widget in the effect of its first drawing, which runs before that of the provider. */
export const Opened = () => {
  const { chat } = useTagalong()
  const [times, setTimes] = useState(0)
  useEffect(() => chat.on('open', () => setTimes((before) => before + 1)), [chat])
  return <p>opened {times} times</p>
}
