/** Makes a user who may log in an agent of livechat who is online: `node makeAgent.mjs <server> <username> <password>`. Node 20 runs no TypeScript. */
const [server, username, password] = process.argv.slice(2)

/** Posts to the API, and ends with the server's own words where it refuses. */
const post = async (path, body, headers = {}) => {
  const response = await fetch(`${server}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${text}`)
  return JSON.parse(text)
}

const { data } = await post('login', { user: username, password })
const login = { 'X-User-Id': data.userId, 'X-Auth-Token': data.authToken }
await post('livechat/users/agent', { username }, login)
await post('livechat/agent.status', { agentId: data.userId, status: 'available' }, login)
console.log(`${username} is an agent now, and available.`)
