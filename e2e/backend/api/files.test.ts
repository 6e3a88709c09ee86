import { expect, test, type Server } from '../fixture.ts'
import { begin, token } from '../probe/socket.ts'

const pixels = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function upload(server: Server, rid: string, files: File[], fields: Record<string, string> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const file of files) form.append('file', file)
  const response = await fetch(`${server.origin}/api/v1/livechat/upload/${rid}`, {
    method: 'POST',
    headers: { 'x-visitor-token': token },
    body: form,
  })
  return { status: response.status, body: (await response.json()) as any }
}

const picture = (name = 'cat ö.png') => new File([pixels], name, { type: 'image/png' })

test('an uploaded picture is a message with its size, and comes back byte for byte', async ({ server }) => {
  const { rid } = await begin(server)
  const { body } = await upload(server, rid, [picture()], { description: 'My cat' })
  expect(body.attachments).toEqual([
    {
      title: 'cat ö.png',
      type: 'file',
      description: 'My cat',
      title_link: `/file-upload/${body.file._id}/cat%20%C3%B6.png`,
      title_link_download: true,
      image_url: `/file-upload/${body.file._id}/cat%20%C3%B6.png`,
      image_type: 'image/png',
      image_size: pixels.length,
      image_dimensions: { width: 1, height: 1 },
    },
  ])
  expect(body.files).toEqual([{ _id: body.file._id, name: 'cat ö.png', type: 'image/png' }])
  const file = await fetch(server.origin + body.attachments[0].image_url)
  expect(file.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await file.arrayBuffer())).toEqual(pixels)
  const [stored] = (await server.get(`messages.history/${rid}?token=${token}`)).body.messages
  expect(stored.fileUpload).toMatchObject({ type: 'image/png', size: pixels.length })
  expect((await fetch(stored.fileUpload.publicFilePath)).status).toBe(200)
  expect((await server.ledger()).find(({ path }) => path.includes('/upload/'))!.body).toEqual({
    description: 'My cat',
    file: { filename: 'cat ö.png', type: 'image/png', size: pixels.length },
  })
})

test('two files in one call are one too many', async ({ server }) => {
  const { rid } = await begin(server)
  expect(await upload(server, rid, [picture(), picture()])).toEqual({
    status: 400,
    body: { success: false, error: 'Just 1 file is allowed' },
  })
})

test('a closed room takes no file, and with uploads off nobody is looked at', async ({ server }) => {
  const { rid } = await begin(server)
  await server.agent({ does: 'close' })
  await server.settings({ fileUpload: false })
  expect((await upload(server, rid, [picture()])).body).toEqual({
    success: false,
    reason: 'error-file-upload-disabled',
  })
  await server.settings({ fileUpload: true })
  expect(await upload(server, rid, [picture()])).toEqual({
    status: 403,
    body: { success: false, error: 'unauthorized' },
  })
})

test('a protected file wants the room and its token', async ({ server }) => {
  const { rid } = await begin(server)
  const { message } = await server.agent({ does: 'file', name: 'bill.pdf', type: 'application/pdf', text: '%PDF' })
  const link = server.origin + message.attachments[0].title_link
  await server.settings({ 'upload.protect': true })
  const status = async (query: string, headers = {}) => (await fetch(link + query, { headers })).status
  expect(await status('')).toBe(403)
  expect(await status(`?rc_room_type=l&rc_rid=${rid}&rc_token=nobody`)).toBe(403)
  expect(await status(`?rc_room_type=l&rc_rid=${rid}&rc_token=${token}`)).toBe(200)
  expect(await status('', { Cookie: `rc_room_type=l; rc_rid=${rid}; rc_token=${token}` })).toBe(200)
  const named = `?rc_room_type=l&rc_rid=${rid}&rc_token=${token}`
  expect(await status(named, { Cookie: 'theme=dark' })).toBe(403)
  expect(await status(`${named}&rc_uid=anybody`, { Cookie: 'theme=dark' })).toBe(200)
})

test('a file that could act on the page is only ever downloaded', async ({ server }) => {
  await begin(server)
  const { message } = await server.agent({
    does: 'file',
    name: 'x.html',
    type: 'text/html',
    text: '<script>1</script>',
  })
  const { headers } = await fetch(server.origin + message.attachments[0].title_link)
  expect(headers.get('content-disposition')).toContain('attachment')
  expect(headers.get('content-security-policy')).toBe("default-src 'none'")
})

test('every agent has an avatar and the config a sound', async ({ server }) => {
  const face = await fetch(`${server.origin}/avatar/ana`)
  expect(face.headers.get('content-type')).toContain('image/svg+xml')
  expect(await face.text()).toContain('>A<')
  const sound = await fetch((await server.get('config')).body.config.resources.sound)
  expect(sound.headers.get('content-type')).toBe('audio/wav')
  expect((await sound.arrayBuffer()).byteLength).toBeGreaterThan(1000)
})

test('a press in blocks is told at the control door, from a known visitor only', async ({ server }) => {
  const { rid } = await begin(server)
  const events = await fetch(`${server.control}/control/events`)
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
  const press = {
    type: 'blockAction',
    actionId: 'joinLivechat',
    rid,
    mid: 'm',
    container: { type: 'message', id: 'm' },
    triggerId: 't',
    payload: { blockId: 'b', value: 'v' },
  }
  expect((await server.post('/api/apps/ui.interaction/videoconf-core', press)).status).toBe(401)
  expect(
    (await server.post('/api/apps/ui.interaction/videoconf-core', press, { 'x-visitor-token': token })).status,
  ).toBe(200)
  await server.settings({ appAnswer: { type: 'modal.open' } })
  const answered = await server.post('/api/apps/ui.interaction/app', press, { 'x-visitor-token': token })
  expect(answered.body).toEqual({ type: 'modal.open' })
  let told = ''
  while (!/event: interaction\ndata: (.+)\n/.test(told)) told += (await reader.read()).value
  expect(JSON.parse(/event: interaction\ndata: (.+)\n/.exec(told)![1]!)).toEqual({ appId: 'videoconf-core', ...press })
  await reader.cancel()
})

test('a form that ends too early or names no boundary has no file in it', async ({ server }) => {
  const { rid } = await begin(server)
  const whole =
    '--edge\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nwords\r\n--edge--\r\n'
  const send = async (contentType: string, body: string) => {
    const headers = { 'x-visitor-token': token, 'content-type': contentType }
    const response = await fetch(`${server.origin}/api/v1/livechat/upload/${rid}`, { method: 'POST', headers, body })
    return response.status
  }
  expect(await send('multipart/form-data; boundary=edge', whole.slice(0, -20))).toBe(400)
  expect(await send('multipart/form-data', whole)).toBe(400)
  expect(await send('multipart/form-data; boundary=edge', whole)).toBe(200)
})

test('a file is also found at its address of the file store, until 9.0', async ({ server }) => {
  const { rid } = await begin(server)
  const { body } = await upload(server, rid, [picture('cat.png')])
  const statusAt = async (store: string) => (await fetch(`${server.origin}/${store}/${body.file._id}/cat.png`)).status
  expect([await statusAt('file-upload'), await statusAt('ufs/GridFS:Uploads')]).toEqual([200, 200])
  await server.settings({ dialect: 'v9' })
  expect([await statusAt('file-upload'), await statusAt('ufs/GridFS:Uploads')]).toEqual([200, 404])
})
