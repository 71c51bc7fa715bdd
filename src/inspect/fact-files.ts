/** Small files whose text says which system and which language an image holds. */
const FACT_FILES: readonly RegExp[] = [
  // Also what /etc/os-release and /etc/system-release link to (amazon-linux-release, …).
  /^\/(etc|usr\/lib)\/[^/]*-release$/,
  /\/include\/node\/node_version\.h$/,
  /\/include\/python3\.\d+\/patchlevel\.h$/,
  // Of a JDK or JRE: `JAVA_VERSION="21.0.5"`.
  /\/release$/,
]

/** True for a file whose text is kept while the image is read. */
export function isFactFile(path: string): boolean {
  return FACT_FILES.some((pattern) => pattern.test(path))
}
