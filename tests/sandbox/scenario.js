// What somebody's tests do with the sandbox, in whatever runtime. The seed and the clock are given, so that
// the answer is the same everywhere.

/** @param {{ Sandbox: typeof import("../../sandbox/wasm/package/index.js").Sandbox }} library */
export async function scenario({ Sandbox }) {
  const how = { seed: 11, now: "2026-08-01T12:00:00Z", people: ["ada"] };
  const sandbox = await Sandbox.start(how);
  const call = async (at, method, path, body) => {
    const { api_base_url, access_token, fetch } = at.as("ada");
    const init = { method, headers: { authorization: `Bearer ${access_token}` } };
    if (body instanceof FormData) init.body = body;
    else if (body) {
      init.body = JSON.stringify(body);
      init.headers["content-type"] = "application/json";
    }
    const response = await fetch(api_base_url + path, init);
    return response.ok ? response.json() : response.status;
  };

  const { access_token, web_socket: Socket } = sandbox.as("ada");
  const socket = new Socket(`${sandbox.url}/api/v1/streaming?stream=user`, access_token);
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  const heard = new Promise((resolve) => {
    socket.addEventListener("message", ({ data }) => resolve(JSON.parse(data).event));
  });
  const [{ media_attachments }] = (await call(sandbox, "GET", "/api/v1/timelines/public")).filter(
    (status) => status.media_attachments.length > 0,
  );
  const picture = await sandbox.fetch(media_attachments[0].preview_url);
  const form = new FormData();
  form.append("file", await picture.blob(), "picture.png");
  const media = await call(sandbox, "POST", "/api/v1/media", form);
  const posted = await call(sandbox, "POST", "/api/v1/statuses", {
    status: "From anywhere",
    media_ids: [media.id],
  });
  const event = await heard;
  socket.close();

  await sandbox.faults({ status: 503, times: 1 });
  const broken = await call(sandbox, "GET", "/api/v1/timelines/home");
  const snapshot = await sandbox.snapshot();
  await sandbox.reset();
  const gone = await call(sandbox, "GET", `/api/v1/statuses/${posted.id}`);
  const other = await Sandbox.start({ now: 0 });
  await other.restore(snapshot);
  const kept = await call(other, "GET", `/api/v1/statuses/${posted.id}`);
  sandbox.close();
  other.close();
  const { blurhash, meta } = kept.media_attachments[0];
  return {
    ...{ id: posted.id, at: posted.created_at, event, broken, gone, kept: kept.content },
    ...{ blurhash, small: meta.small, bytes: snapshot.length },
  };
}
