// Checks the lockfiles: npm compares a package with its hash in the lockfile when it installs it, but accepts anything
// if there is no hash. Also, no entry may name an address to download a package from, so that every machine can use its
// own settings.
import { readFileSync } from "node:fs"

const problems = []
const hashed = { "package-lock.json": 0, "bench/package-lock.json": 0 }
for (const file of Object.keys(hashed)) {
  const { packages } = JSON.parse(readFileSync(file, "utf8"))
  for (const [path, { inBundle, integrity, link, resolved, version }] of Object.entries(packages)) {
    // The project itself and links are folders of this project. A bundled package is part of another one.
    if (path === "" || link === true || inBundle === true) continue
    const name = `${path.replace(/^.*node_modules\//, "")}@${version}`
    if (resolved !== undefined) problems.push(`${file}: ${name} names its address, ${resolved}. Remove "resolved".`)
    if (/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? "")) hashed[file]++
    else problems.push(`${file}: ${name} has no sha512 hash. Set its "integrity" to: npm view ${name} dist.integrity`)
  }
}

if (problems.length > 0) {
  console.error(problems.join("\n"))
  process.exit(1)
}
for (const [file, count] of Object.entries(hashed)) console.log(`${file}: ${count} packages with a hash`)
