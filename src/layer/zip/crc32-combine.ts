// zlib's crc32_combine: the checksum of two pieces from those of each. A CRC is linear over GF(2), so that appending `length` zero
// bytes is a matrix; it is squared for every bit of the length.
const POLYNOMIAL = 0xedb88320

/** crc32 of `first` followed by `second`, whose length in bytes is given. */
export function crc32Combine(first: number, second: number, length: number): number {
  if (length === 0) return first
  let shift = square(square(oneZeroBit()))
  let crc = first
  for (let left = length; left > 0; left = Math.floor(left / 2)) {
    shift = square(shift)
    if (left % 2 === 1) crc = times(shift, crc)
  }
  return (crc ^ second) >>> 0
}

type Matrix = readonly number[]

function oneZeroBit(): Matrix {
  return Array.from({ length: 32 }, (_, bit) => (bit === 0 ? POLYNOMIAL : 2 ** (bit - 1)))
}

function times(matrix: Matrix, vector: number): number {
  let sum = 0
  for (let bit = 0; bit < 32; bit++) if (((vector >>> bit) & 1) === 1) sum ^= matrix[bit] ?? 0
  return sum >>> 0
}

function square(matrix: Matrix): Matrix {
  return matrix.map((row) => times(matrix, row))
}
