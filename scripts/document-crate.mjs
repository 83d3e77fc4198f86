// The documentation of the crate, built like on docs.rs.
import { run } from "./run.mjs";

/** Builds it, for this machine or for another target. A warning is an error. */
export function documentCrate(target) {
  const args = ["doc", "-p", "mastodon-wasm", "--no-deps"];
  if (target) args.push("--target", target);
  return run("cargo", args, { env: { RUSTDOCFLAGS: "-D warnings" } });
}
