/**
 * The house rules on imports, as a plugin of oxlint (.oxlintrc.json): which part of src/ may import which other part,
 * and which modules may use which package. `test/lint.test.ts` shows that each of them rejects a bad import.
 */
import { dirname, join, relative, sep } from "node:path"

const internal = ["internal/reading/", "internal/request/", "internal/protocols/"]
/** The public modules that the internal ones may import: the connection, the errors and the type of a page. */
const base = ["DataRobot.ts", "DataRobotError.ts", "Page.ts"]
/** Stands for the public modules of the SDK: all files that belong to no other part. */
const publicModules = "public modules"

/**
 * The parts of src/, as folders and files, and what each may import in addition to its own files. A file belongs to the
 * first part that matches.
 */
export const parts = [
  {
    part: ["wire/"],
    mayImport: [],
    why: "wire/ describes what crosses the wire and imports nothing else of src/."
  },
  {
    part: ["internal/reading/"],
    mayImport: ["wire/", ...base],
    why: "internal/reading/ turns bytes into values and knows nothing of requests, protocols or resources."
  },
  {
    part: ["internal/request/"],
    mayImport: ["wire/", "internal/reading/", ...base],
    why: "internal/request/ makes one request and knows nothing of protocols or resources."
  },
  {
    part: ["internal/protocols/"],
    mayImport: ["wire/", "internal/reading/", "internal/request/", ...base],
    why: "internal/protocols/ combines requests and knows nothing of resources."
  },
  {
    part: ["emulator/"],
    mayImport: ["wire/"],
    why: "The emulator may import wire/, but no other code of the SDK."
  },
  {
    part: ["testing/promise.ts", "testing/plain/"],
    mayImport: ["wire/", "emulator/", "promise.ts"],
    mayNotImport: ["emulator/node.ts"],
    why: "The test kit without Effect may import only the emulator and the Promise API."
  },
  {
    part: ["testing.ts", "testing/"],
    mayImport: ["wire/", "emulator/", ...internal, publicModules],
    mayNotImport: ["emulator/node.ts"],
    why: "The test layers run without Node's own modules."
  },
  {
    part: ["promise.ts", "promise/"],
    mayImport: ["wire/", ...internal, publicModules, "fetch.ts"],
    why: "The Promise API may import only the SDK and its client on fetch."
  },
  {
    part: ["fetch.ts", "undici.ts"],
    mayImport: ["wire/", ...internal, ...base],
    mayNotImport: ["internal/request/send.ts"],
    why: "An HTTP client knows nothing about the operations that use it."
  },
  {
    part: ["bin/"],
    mayImport: [""],
    why: "The command line may import anything."
  },
  {
    part: [publicModules],
    mayImport: ["wire/", ...internal],
    why: "The SDK knows nothing of its emulator, test layers, Promise API and command line."
  }
]

/** The packages that only some modules may import. With `types`, any module may import the types of the package. */
export const packages = [
  {
    name: "csv-parse",
    usedBy: ["wire/vendor/csvParse.ts"],
    why: "The build puts csv-parse into wire/vendor/csvParse.ts."
  },
  {
    name: "csv-stringify",
    usedBy: ["wire/vendor/csvStringify.ts"],
    why: "The build puts csv-stringify into wire/vendor/csvStringify.ts."
  },
  {
    name: "yaml",
    usedBy: ["internal/request/vendor/yaml.ts"],
    why: "The build puts yaml into internal/request/vendor/yaml.ts."
  },
  {
    name: "undici",
    usedBy: ["undici.ts", "bin/"],
    why: "Only undici.ts needs undici."
  },
  {
    name: "@effect/platform-node",
    usedBy: [],
    why: "No module needs @effect/platform-node."
  },
  {
    name: "@effect/platform/HttpClient",
    usedBy: ["internal/request/", "emulator/", "testing.ts", "testing/", "fetch.ts", "undici.ts", "bin/"],
    types: true,
    why: "Only internal/request/ talks to the HttpClient. Other modules may import its type."
  }
]

const isIn = (places, file) =>
  places.some((place) => place === file || (place === "" || place.endsWith("/")) && file.startsWith(place))

const partOf = (file) => parts.find(({ part }) => part.includes(publicModules) || isIn(part, file))

/** Returns why the file `from` may not import the file `to`, both below src/. Undefined if it may. */
const forbiddenFile = (from, to) => {
  const own = partOf(from)
  const other = partOf(to)
  const mayImport = own === other || isIn(own.mayImport, to) || other.part.some((one) => own.mayImport.includes(one))
  return mayImport && !isIn(own.mayNotImport ?? [], to) ? undefined : own.why
}

/** Returns why the file `from` may not import a module of a package. Undefined if it may. */
const forbiddenPackage = (from, specifier, isType) => {
  if (/^effect-datarobot(?:\/|$)/.test(specifier)) return "Modules of src/ import each other by their paths."
  const rule = packages.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`))
  return rule === undefined || isIn(rule.usedBy, from) || (rule.types === true && isType) ? undefined : rule.why
}

/**
 * The modules that an import from "@effect/platform" itself uses: the named ones, or `HttpClient` if it imports
 * everything.
 */
const namesOf = ({ specifiers = [] }) => {
  const names = specifiers.map((one) => ({
    name: (one.type === "ExportSpecifier" ? one.local : one.imported)?.name,
    isType: (one.importKind ?? one.exportKind) === "type"
  }))
  return names.length > 0 && names.every(({ name }) => name !== undefined)
    ? names
    : [{ name: "HttpClient", isType: false }]
}

const imports = {
  create(context) {
    const from = relative(join(context.cwd, "src"), context.filename).split(sep).join("/")
    if (from.startsWith("..")) return {}
    const check = (source, isType, names = []) => {
      const specifier = source?.value
      if (typeof specifier !== "string") return
      const problems = specifier.startsWith(".")
        ? [forbiddenFile(from, join(dirname(from), specifier).split(sep).join("/").replace(/\.js$/, ".ts"))]
        : [
          forbiddenPackage(from, specifier, isType),
          ...names.map((one) => forbiddenPackage(from, `${specifier}/${one.name}`, isType || one.isType))
        ]
      const message = problems.find((problem) => problem !== undefined)
      if (message !== undefined) context.report({ node: source, message })
    }
    const declaration = (node) => {
      const isType = (node.importKind ?? node.exportKind) === "type"
      check(node.source, isType, node.source?.value === "@effect/platform" ? namesOf(node) : [])
    }
    return {
      ImportDeclaration: declaration,
      ExportNamedDeclaration: declaration,
      ExportAllDeclaration: declaration,
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.source, true)
    }
  }
}

export default { meta: { name: "house" }, rules: { imports } }
