import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A port that passes everything on to another and counts what goes through, both ways, below HTTP. */
export interface Meter {
  origin: string
  /** What the browser has received and sent. */
  bytes(): number
  receivedBytes(): number
  stop(): Promise<void>
}

export const createMeter = async (targetPort: number): Promise<Meter> => {
  const open = new Set<Socket>()
  let sentBytes = 0
  let receivedBytes = 0
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.on('data', (chunk) => (sentBytes += chunk.length))
    far.on('data', (chunk) => (receivedBytes += chunk.length))
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => receivedBytes + sentBytes,
    receivedBytes: () => receivedBytes,
    async stop() {
      open.forEach((socket) => socket.destroy())
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
