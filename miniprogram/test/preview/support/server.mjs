import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.png': 'image/png', '.svg': 'image/svg+xml', '.wav': 'audio/wav' }

/** Serves a built preview at /preview/ and a few answers under /api/ on a free loopback port; it must be closed. */
export async function startServer(folder, answer) {
  const server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1')
    if (pathname.startsWith('/preview/')) serveFile(folder, pathname.slice('/preview/'.length) || 'index.html', response)
    else readBody(request).then((body) => answer({ request, response, pathname, searchParams, body }))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    }),
  }
}

function serveFile(folder, name, response) {
  const file = path.join(folder, path.normalize(decodeURIComponent(name)))
  if (!file.startsWith(folder) || !fs.existsSync(file)) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' })
  fs.createReadStream(file).pipe(response)
}

async function readBody(request) {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}
