// The package with each kind of server, in this process: the time is given, so nobody waits. With
// WRITE_COMPATIBILITY the table is written instead of compared.
import { SHELLS } from "../shells.mjs";
import { givenTime } from "../time.mjs";
import { compareServers } from "./servers.mjs";

givenTime();
compareServers(SHELLS["in this process"], { write: Boolean(process.env.WRITE_COMPATIBILITY) });
