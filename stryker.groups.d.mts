interface Group {
  readonly mutate: ReadonlyArray<string>
  readonly tests: ReadonlyArray<string>
}

export const groups: Readonly<Record<string, Group>>
export const group: () => Group & { readonly name: string }
