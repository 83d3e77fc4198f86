// A host of static files that does nothing else, as GitHub Pages: a type for each file, no other headers.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/**
 * Serves a folder below a path, each file with `headers`. Resolves to `{ url, asked, stop }`; `asked` has what was asked for, as
 * `GET /file`, below the path, or `GET ../file` beside it.
 */
export async function serveFolder(folder, below, headers = {}) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    const inside = pathname.startsWith(below);
    const name = inside ? pathname.slice(below.length) : `..${pathname}`;
    asked.push(`${request.method} ${inside ? "/" : ""}${name}`);
    const file = path.join(folder, name || "index.html");
    const type = TYPES[path.extname(file)];
    try {
      if (!inside || !type || request.method !== "GET") throw new Error("not here");
      response.writeHead(200, { ...headers, "content-type": type }).end(await readFile(file));
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is nothing here");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${below}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
