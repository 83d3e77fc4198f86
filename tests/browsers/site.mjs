// Folders served as a plain web server does, under a strict policy.
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** No eval and no script but the server's own files; a page's import map, by its digest. */
function policy(file) {
  const [, map] =
    readFileSync(file, "utf8").match(/<script type="importmap">(.*?)<\/script>/s) ?? [];
  const digest = map && ` 'sha256-${createHash("sha256").update(map).digest("base64")}'`;
  return `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'${digest ?? ""}; connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:*; img-src data:; style-src 'self'`;
}

/**
 * Serves a folder; resolves to `{ url, stop }`. `policy: false`: without one. `answer(request, response)`
 * may answer instead, and gives true then. `below`: at this path of the host, `/some/where/`. `headers` are
 * sent with each file.
 */
export async function serveFolder(
  folder,
  { policy: strict = true, answer, below = "/", headers = {} } = {},
) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (answer?.(request, response)) return;
    const name = pathname.slice(below.length);
    const file = path.join(folder, name === "" || name.endsWith("/") ? `${name}index.html` : name);
    const there = pathname.startsWith(below) && existsSync(file) && statSync(file).isFile();
    if (!there) return response.writeHead(404).end();
    response.writeHead(200, {
      ...headers,
      "content-type": TYPES[path.extname(file)] ?? "application/octet-stream",
      ...(strict && file.endsWith(".html") && { "content-security-policy": policy(file) }),
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${below}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
