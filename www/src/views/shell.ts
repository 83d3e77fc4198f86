import type { App, View } from "../app.ts";
import { avatar, displayName, handle } from "../components/avatar.ts";
import { codeBlock } from "../components/code.ts";
import { connectionState } from "../components/connection.ts";
import { menu } from "../components/menu.ts";
import { themeSwitch } from "../components/theme-switch.ts";
import { wirePanel } from "../components/wire-panel.ts";
import { fill, h } from "../dom.ts";
import { type IconName, icon } from "../icons.ts";
import { logo } from "../illustrations.ts";
import { showKeyboardHelp } from "../keyboard.ts";
import type { Stage } from "../navigation.ts";
import { accountPath, paths } from "../paths.ts";
import { hasResident } from "../resident.ts";
import { currentTheme, setTheme, themes } from "../theme.ts";
import { searchForm } from "./search.ts";

interface Place {
  path: string;
  icon: IconName;
  label: string;
  /** Also in the bar at the bottom of small screens. */
  small: boolean;
}

/** Everything around the views: navigation, the state of the stream, and the requests. */
export function shell(app: App, signal: AbortSignal): { element: HTMLElement; stage: Stage } {
  const places: Place[] = [
    { path: paths.home, icon: "home", label: "Home", small: true },
    { path: paths.search, icon: "search", label: "Search", small: true },
    { path: paths.notifications, icon: "bell", label: "Notifications", small: true },
    { path: paths.bookmarks, icon: "bookmark", label: "Bookmarks", small: false },
    { path: paths.favourites, icon: "star", label: "Favourites", small: false },
    { path: accountPath(app.me), icon: "user", label: "Profile", small: true },
  ];
  const links = places.map(({ path, icon: name, label, small }) =>
    h(
      "a",
      { class: small ? "place" : "place place-large-only", href: path },
      h(
        "span",
        { class: "place-icon" },
        icon(name, 24),
        path === paths.notifications && unreadBadge(app, signal),
      ),
      h("span", { class: "place-label" }, label),
    ),
  );
  const write = h(
    "button",
    {
      class: "button button-accent compose-button",
      type: "button",
      "aria-label": "New post",
      onclick: () => app.compose(),
    },
    icon("pencil", 22),
    h("span", null, "New post"),
  );
  const header = h("div", { class: "view-header-content" });
  const views = h("div", { id: "posts", class: "views" });
  const code = h("div");
  const search = searchForm();

  const element = h(
    "div",
    { class: "shell" },
    h("a", { class: "skip", href: "#posts", onclick: skipTo(views) }, "Skip to the posts"),
    h(
      "header",
      { class: "side" },
      h(
        "a",
        { class: "brand", href: paths.home, "aria-label": "Tundra, home" },
        logo(),
        h("span", null, "Tundra"),
      ),
      h("nav", { class: "places", "aria-label": "Main" }, links.slice(0, 2), write, links.slice(2)),
      h("div", { class: "side-foot" }, connectionState(app.events, signal), ownMenu(app)),
    ),
    h(
      "main",
      { class: "middle" },
      h(
        "div",
        { class: "view-header" },
        h(
          "a",
          { class: "brand brand-small", href: paths.home, "aria-label": "Tundra, home" },
          logo(),
        ),
        header,
        h("div", { class: "view-header-side" }, connectionState(app.events, signal), ownMenu(app)),
      ),
      views,
    ),
    h(
      "aside",
      { class: "beside", "aria-label": "About this view" },
      search,
      h("section", { class: "panel" }, h("h2", null, "This view in code"), code),
      wirePanel(app.m, signal),
      h(
        "div",
        { class: "beside-foot" },
        themeSwitch(),
        h("p", null, "Runs on ", h("strong", null, "mastodon-wasm"), ` · ${app.instance.domain}`),
      ),
    ),
  );

  const stage: Stage = {
    show(view: View, path: string) {
      for (const each of views.children) (each as HTMLElement).hidden = true;
      view.element.classList.add("view");
      view.element.hidden = false;
      if (!view.element.isConnected) views.append(view.element);
      fill(
        header,
        h("h1", { class: view.header ? "visually-hidden" : "view-title" }, view.title),
        view.header,
      );
      const isPlace = places.some((place) => place.path === path);
      if (!view.header && !isPlace) header.prepend(backButton());
      search.hidden = path.startsWith(paths.search);
      fill(code, view.code ? codeBlock(view.code) : null);
      document.title = `${view.title} · Tundra`;
      for (const link of links) {
        const timeline = path === paths.local || path === paths.public;
        const here =
          link.getAttribute("href") ===
          (timeline ? paths.home : path.replace(/^(#\/search).*/, "$1"));
        if (here) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    },
  };
  return { element, stage };
}

function skipTo(views: HTMLElement): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    views.querySelector<HTMLElement>(".view:not([hidden]) article")?.focus();
  };
}

function backButton(): HTMLElement {
  return h(
    "button",
    { class: "icon-button", type: "button", "aria-label": "Back", onclick: () => history.back() },
    icon("back", 22),
  );
}

function unreadBadge(app: App, signal: AbortSignal): HTMLElement {
  let unread = 0;
  const badge = h("span", { class: "unread", hidden: true });
  const set = (number: number) => {
    unread = number;
    badge.hidden = unread === 0;
    fill(badge, unread > 9 ? "9+" : unread, h("span", { class: "visually-hidden" }, " unread"));
  };
  app.events.on("unread", set, signal);
  app.events.on(
    "notification",
    () => location.hash !== paths.notifications && set(unread + 1),
    signal,
  );
  return badge;
}

function ownMenu(app: App): HTMLElement {
  const button = h(
    "button",
    { class: "me", type: "button" },
    avatar(app.me, "small"),
    h("span", { class: "visually-hidden" }, "Your account: "),
    h("span", { class: "me-name" }, displayName(app.me), " ", handle(app.me)),
  );
  return menu(button, () => [
    { label: "Profile", icon: "user", choose: () => go(accountPath(app.me)) },
    { label: "Bookmarks", icon: "bookmark", choose: () => go(paths.bookmarks) },
    { label: "Favourites", icon: "star", choose: () => go(paths.favourites) },
    {
      label: `Colours: ${currentTheme()}`,
      icon: currentTheme() === "dark" ? "moon" : "sun",
      choose: nextTheme,
    },
    { label: "Keyboard", icon: "keyboard", choose: showKeyboardHelp },
    ...(hasResident
      ? [{ label: "Reset the demo", icon: "trash" as const, choose: () => void app.reset() }]
      : []),
    { label: "Log out", icon: "logOut", choose: () => void app.logOut() },
  ]);
}

function go(path: string): void {
  location.hash = path;
}

function nextTheme(): void {
  setTheme(themes[(themes.indexOf(currentTheme()) + 1) % themes.length] ?? "auto");
}
