// The package with each kind of server over real connections. What comes of it is the same as in one process.
import { SHELLS } from "../shells.mjs";
import { compareServers } from "./servers.mjs";

compareServers(SHELLS["behind a port"]);
