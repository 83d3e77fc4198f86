import { type Mastodon, MastodonUnauthorizedError } from "mastodon-wasm";
import type { App, AppEvents, Draft } from "./app.ts";
import { composer } from "./components/composer.ts";
import { confirmDialog, openDialog } from "./components/dialog.ts";
import { failedState, openingState } from "./components/placeholder.ts";
import { confirmReset, reset } from "./components/reset.ts";
import { toastError } from "./components/toast.ts";
import { fill, h } from "./dom.ts";
import { Emitter } from "./emitter.ts";
import { describeInstance } from "./instance.ts";
import { listenToKeys } from "./keyboard.ts";
import { live } from "./live.ts";
import { followAddress } from "./navigation.ts";
import { openSession } from "./session.ts";
import { Statuses } from "./statuses.ts";
import { applyTheme } from "./theme.ts";
import { keepAgesFresh } from "./time.ts";
import { loginView } from "./views/login.ts";
import { shell } from "./views/shell.ts";

const page = document.querySelector("#page") as HTMLElement;

async function start(): Promise<void> {
  fill(page, openingState());
  try {
    const m = await openSession();
    if (m) await enter(m);
    else fill(page, loginView());
  } catch (error) {
    fill(page, loginView(error));
  }
}

async function enter(m: Mastodon): Promise<void> {
  fill(page, openingState());
  try {
    await open(m);
  } catch (error) {
    const again = () => void enter(m);
    if (error instanceof MastodonUnauthorizedError) await forget(m, error);
    else fill(page, h("main", null, failedState(error, again)));
  }
}

/** Forgets the login of an earlier visit, which the instance no longer accepts. */
async function forget(m: Mastodon, why: MastodonUnauthorizedError): Promise<void> {
  await m.logOut().catch(() => {});
  fill(page, loginView(why));
}

async function open(m: Mastodon): Promise<void> {
  const session = new AbortController();
  const { signal } = session;
  const [me, instance] = await Promise.all([m.accountVerifyCredentials(), describeInstance(m)]);
  const statuses = new Statuses();
  const events = new Emitter<AppEvents>();
  const app: App = {
    m,
    me,
    instance,
    statuses,
    events,
    goLive: live(m, statuses, events, signal),
    compose: (draft) => void compose(app, draft),
    async logOut() {
      try {
        await m.logOut();
      } catch (error) {
        toastError(error, "The instance was not told");
      }
      session.abort();
      history.replaceState(null, "", location.pathname);
      fill(page, loginView());
    },
    async reset() {
      if (await confirmReset()) await app.logOut().then(reset);
    },
  };
  const { element, stage } = shell(app, signal);
  fill(page, element);
  followAddress(app, stage, signal);
  listenToKeys(app, signal);
}

async function compose(app: App, draft: Draft = {}): Promise<void> {
  const { edit, replyTo } = draft;
  try {
    // `content` is HTML, but the user edits the source text.
    const source = edit && (await app.m.statusSource(edit));
    const form = composer(app, {
      draft: { ...draft, text: source?.text ?? draft.text },
      onDone: () => dialog.close(),
    });
    const title = edit ? "Edit post" : replyTo ? "Reply" : "New post";
    const question = "It has not been sent, and nothing keeps it.";
    const mayClose = () => !form.dirty || confirmDialog("Discard this?", question, "Discard");
    const dialog = openDialog({ title, class: "dialog-compose", mayClose }, form.element);
    form.focus();
  } catch (error) {
    toastError(error, "The post cannot be edited");
  }
}

applyTheme();
keepAgesFresh();
void start();
