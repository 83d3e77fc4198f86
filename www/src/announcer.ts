/** Says something to those who listen to the page instead of looking at it. */
export function announce(message: string): void {
  const announcer = document.querySelector("#announcer");
  if (announcer) announcer.textContent = message;
}
