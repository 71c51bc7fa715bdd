/** Names of distributions are compared like this (PEP 503): `Typing_Extensions` is `typing-extensions`. */
export function normalisedName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[-_.]+/g, '-')
}

/** The normalised name of what a requirement asks for (PEP 508): `Pydantic[email] >=2; python_version > "3.8"` is `pydantic`. */
export function requirementName(requirement: string): string | undefined {
  const [, name] = /^\s*([\w.-]+)/.exec(requirement) ?? []
  return name === undefined ? undefined : normalisedName(name)
}
