const timeoutMs = 8000

/** Whether a websocket opens at this address. For `diagnose()` alone: the conversation has a socket of its own, and the doctor asks from Node. */
export const opensSocket = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    try {
      const socket = new WebSocket(url)
      const settle = (isOpen: boolean) => () => {
        socket.close()
        resolve(isOpen)
      }
      socket.onopen = settle(true)
      socket.onerror = settle(false)
      setTimeout(settle(false), timeoutMs)
    } catch {
      resolve(false)
    }
  })
