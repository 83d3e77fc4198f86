/** A person who lives in the sandbox, with what it takes to log in as them. */
export interface SeededPerson {
  username: string;
  password: string;
  display_name: string;
}

export interface Sandbox {
  url: string;
  accounts: SeededPerson[];
}

/** `npm start` serves this file beside the page; elsewhere it says that there is no sandbox. */
export async function findSandbox(): Promise<Sandbox | null> {
  try {
    const response = await fetch("sandbox.json");
    const { url, accounts } = await response.json();
    return url ? { url, accounts: (accounts ?? []).map(withPlainName) } : null;
  } catch {
    return null;
  }
}

/** Custom emoji can be drawn only for those who are logged in. */
function withPlainName(person: Omit<SeededPerson, "display_name"> & { display_name?: string }) {
  const name = person.display_name?.replace(/:\w+:/g, "").trim();
  return { ...person, display_name: name || person.username };
}
