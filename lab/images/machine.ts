/** This machine's architecture as each source of binaries names it: stand-ins are made for the machine they run on. */
export const MACHINE =
  process.arch === 'arm64'
    ? { npm: 'linux-arm64', wheel: 'manylinux_2_17_aarch64', emulator: 'arm64' }
    : { npm: 'linux-x64', wheel: 'manylinux_2_17_x86_64', emulator: 'x86_64' }
