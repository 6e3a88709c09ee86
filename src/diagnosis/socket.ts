/** Whether a websocket opens there; for the checks only, conversations have their own. */
export const opensSocket = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    try {
      const socket = new WebSocket(url)
      const done = (opened: boolean) => () => {
        socket.close()
        resolve(opened)
      }
      socket.onopen = done(true)
      socket.onerror = done(false)
      setTimeout(done(false), 8000)
    } catch {
      resolve(false)
    }
  })
