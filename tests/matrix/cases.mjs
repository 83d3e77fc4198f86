// All cases of the matrix, in the order of its table.
import bundlers from "./bundlers.mjs";
import frameworks from "./frameworks.mjs";
import pages from "./pages.mjs";
import runners from "./runners.mjs";
import runtimes from "./runtimes.mjs";
import state from "./state.mjs";
import tools from "./tools.mjs";

export default [bundlers, frameworks, state, runtimes, runners, tools, pages].flat();
