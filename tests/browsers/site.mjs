// Folders served as a plain web server does, under a strict policy.
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
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
 * may answer instead, and gives true then.
 */
export async function serveFolder(folder, { policy: strict = true, answer } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (answer?.(request, response)) return;
    const file = path.join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": TYPES[path.extname(file)] ?? "application/octet-stream",
      ...(strict && file.endsWith(".html") && { "content-security-policy": policy(file) }),
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
