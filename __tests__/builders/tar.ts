export type TarFile = {
  readonly name: string
  readonly type?: string
  readonly mode?: number
  readonly content?: string | Buffer
  readonly link?: string
}

/** A ustar archive of short names, ended by two blocks of zeros. */
export function buildTar(files: readonly TarFile[]): Buffer {
  return Buffer.concat([...files.flatMap(tarEntry), Buffer.alloc(1024)])
}

/** Header block, content and padding of one entry. */
export function tarEntry({ name, type = '0', mode = 0o644, content = '', link = '' }: TarFile): Buffer[] {
  const bytes = Buffer.from(content)
  const block = Buffer.alloc(512)
  block.write(name, 0)
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(bytes.length, 124, 12)
  octal(1_700_000_000, 136, 12)
  block.write(type, 156)
  block.write(link, 157)
  block.write('ustar\x0000', 257)
  return [sealed(block), bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]

  function octal(value: number, at: number, length: number) {
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at)
  }
}

/** The block with its checksum made right, after a change too. */
export function sealed(block: Buffer): Buffer {
  block.fill(' ', 148, 156)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}
