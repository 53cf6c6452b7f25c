import qrcode from 'qrcode-generator'

/** What the fixture's server answers under /api/. */
export async function answer({ request, response, pathname, searchParams, body }) {
  const json = (status, value) => response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'r-1' }).end(JSON.stringify(value))
  if (pathname === '/api/echo') return json(200, { method: request.method, query: [...searchParams], header: request.headers, body: body.toString() })
  if (pathname === '/api/refused') return json(409, { code: 'task.full', detail: '已经满了' })
  if (pathname === '/api/slow') {
    const timer = setTimeout(() => json(200, {}), 2000)
    response.on('close', () => clearTimeout(timer))
    return undefined
  }
  if (pathname === '/api/lost') return request.socket.destroy()
  if (pathname === '/api/files') return json(201, { size: body.length, hasPicture: body.includes('image/png'), why: body.includes('前'), mine: request.headers['x-mine'] })
  if (pathname === '/api/sheet') return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('a sheet')
  if (pathname === '/api/code.png') return response.writeHead(200, { 'content-type': 'image/gif' }).end(drawCode(searchParams.get('text') ?? 'code on show 42'))
  return response.writeHead(404).end()
}

export function drawCode(text) {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  return Buffer.from(code.createDataURL(6, 24).split(',')[1], 'base64')
}
