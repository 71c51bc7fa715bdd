const PLATFORM = /^(?:(?:process|os|\w*[oO]s)\.)?(?:platform|PLATFORM|type)(?:\(\))?$/
const ARCHITECTURE = /^(?:(?:process|os|\w*[oO]s)\.)?(?:arch|ARCH)(?:\(\))?$/

/** What an expression says of the machine: `process.arch`, `os.platform()`. */
export function machine(text: string): string | undefined {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in by whoever knows the platform
  if (PLATFORM.test(text)) return '${platform}'
  // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in by whoever knows the platform
  if (ARCHITECTURE.test(text)) return '${arch}'
  // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in by whoever knows the platform
  if (text === 'process.versions.modules') return '${abi}'
  return undefined
}
