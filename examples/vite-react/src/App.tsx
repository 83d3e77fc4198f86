import { Mastodon } from "mastodon-wasm";
import { type SubmitEvent, useState } from "react";
import { Timeline } from "./Timeline";

interface Props {
  mastodon: Mastodon | null;
  problem?: Error;
}

export function App({ mastodon, problem }: Props) {
  if (!mastodon) return <Login problem={problem} />;
  const logOut = async () => {
    // The login is removed from the storage even if the server cannot be reached.
    await mastodon.logOut().catch(console.error);
    location.reload();
  };
  return (
    <>
      <button type="button" onClick={logOut}>
        Log out
      </button>
      <Timeline mastodon={mastodon} />
    </>
  );
}

function Login({ problem }: { problem?: Error }) {
  const [error, setError] = useState(problem);

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const instance = new FormData(event.currentTarget).get("instance") as string;
    try {
      // The browser leaves the page here; `finishLogin()` in main.tsx continues when the user returns.
      await Mastodon.startLogin({
        api_base_url: instance,
        client_name: "Home timeline",
        scopes: ["read"],
      });
    } catch (reason) {
      setError(reason as Error);
    }
  }

  return (
    <form onSubmit={submit}>
      <label>
        Your server <input name="instance" placeholder="mastodon.social" required />
      </label>
      <button type="submit">Log in</button>
      {error && <p role="alert">{error.message}</p>}
    </form>
  );
}
