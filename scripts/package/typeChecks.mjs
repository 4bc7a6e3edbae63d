// The declarations of the Promise API and the test kit, in a project that has no other package. The compiler is that of
// this repository, so that the project gets no @types.
import { resolve } from "node:path"
import { run } from "./project.mjs"

const tsc = resolve("node_modules/typescript/bin/tsc")

// `esnext.disposable` is for `await using`; the DOM has `fetch` and the streams. `--typeRoots` leaves out @types of a
// parent folder.
const options =
  "--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck false --pretty false --allowJs --checkJs "
  + "--target es2022 --lib es2022,dom,dom.iterable,dom.asynciterable,esnext.disposable --typeRoots /none "

/** Compiles programs of the project in TypeScript and JavaScript. */
export const testTypes = (project) => {
  for (
    const more of [
      "--module node16 --moduleResolution node16 types/program.ts types/checked.js types/program.cts",
      "--module esnext --moduleResolution bundler types/program.ts types/checked.js"
    ]
  ) run(project, process.execPath, [tsc, ...(options + more).split(" ")])
  console.log("ok types: TypeScript and JavaScript compile without Effect and @types/node, with skipLibCheck: false")
}
