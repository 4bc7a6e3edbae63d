// What the reference needs beyond TypeDoc: names of modules as users import them, titles of guides, descriptions of
// interfaces, and sections for the routes and the errors of an operation.
import { readFileSync } from "node:fs"
import { CommentTag, Converter, PageEvent, ReflectionKind } from "typedoc"

const read = (file) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")

const { compilerOptions } = JSON.parse(read("tsconfig.json"))
/** The names of the entry points by TypeDoc's names of their modules: `emulator/node` for `src/emulator/node.ts`. */
const entryNames = new Map(
  Object.entries(compilerOptions.paths).map(([name, [file]]) => [
    file.replace(/^\.\/src\//, "").replace(/(?:\/index)?\.ts$/, ""),
    name
  ])
)

const headingOf = (text) => /^# (.+)$/m.exec(text)?.[1]

/** Removes the first heading of a page, which its title repeats. */
const withoutHeading = (parts) => {
  const [first, ...rest] = parts
  return first?.kind === "text" ? [{ ...first, text: first.text.replace(/^\s*# .+\n+/, "") }, ...rest] : parts
}

/** Splits the parts of a text at its blank lines. */
const paragraphsOf = (parts) => {
  const paragraphs = [[]]
  for (const part of parts) {
    if (part.kind !== "text") {
      paragraphs.at(-1).push(part)
      continue
    }
    part.text.split(/\n\s*\n/).forEach((text, index) => {
      if (index > 0) paragraphs.push([])
      if (text !== "") paragraphs.at(-1).push({ kind: "text", text })
    })
  }
  return paragraphs.filter((paragraph) => paragraph.length > 0)
}

const textOf = (parts) => parts.map(({ text }) => text).join("").trim()
const separator = { kind: "text", text: "\n\n" }

/** Turns the paragraphs with the errors and the routes of an operation into sections. */
const divide = (comment) => {
  const paragraphs = paragraphsOf(comment.summary)
  const isErrors = (parts) => textOf(parts).startsWith("Errors: ")
  if (!paragraphs.some(isErrors)) return
  const routes = paragraphs.at(-1)
  const errors = paragraphs.filter(isErrors)
  const rest = paragraphs.filter((parts) => parts !== routes && !isErrors(parts))
  comment.summary = rest.flatMap((parts, index) => index === 0 ? parts : [separator, ...parts])
  const sections = [new CommentTag("@route", routes)]
  for (const [first, ...others] of errors) {
    const text = first.text.replace(/^\s*Errors: /, "").replace(/^[a-z]/, (letter) => letter.toUpperCase())
    sections.push(new CommentTag("@errors", [{ ...first, text }, ...others]))
  }
  comment.blockTags = [...sections, ...comment.blockTags]
}

/** Copies the description of a schema to the interface of the same name: the type of its values. */
const describeInterface = (declared) => {
  if (declared.hasComment()) return
  const schema = declared.parent?.children?.find(({ kind, name }) =>
    kind === ReflectionKind.Variable && name === declared.name
  )
  declared.comment = schema?.comment?.clone()
}

/** @param {import("typedoc").Application} app */
export const load = (app) => {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (context, document) => {
    const heading = headingOf(textOf(document.content))
    if (heading !== undefined) document.name = heading.replaceAll("`", "")
  })
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    if (project.readme !== undefined) project.readme = withoutHeading(project.readme)
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
      module.name = entryNames.get(module.name) ?? module.name
    }
    for (const declared of project.getReflectionsByKind(ReflectionKind.Interface | ReflectionKind.TypeAlias)) {
      describeInterface(declared)
    }
    for (const { comment } of project.getReflectionsByKind(ReflectionKind.All)) {
      if (comment !== undefined) divide(comment)
    }
  })
  // Without a server, a folder has no front page, and a page cannot read the icons of another file. TypeDoc's icons.js
  // adds them to each page.
  app.renderer.on(PageEvent.END, (page) => {
    page.contents = page.contents
      ?.replaceAll(/ href="((?:\.\.\/)+)(?=["#])/g, " href=\"$1index.html")
      .replaceAll(/ href="[./]*assets\/icons\.svg#/g, " href=\"#")
  })
}
