// For runtimes that are started with a program: what the scenario comes to there.
import * as library from "../../pkg-sandbox/node.js";
import { scenario } from "./scenario.js";

console.log(JSON.stringify(await scenario(library)));
